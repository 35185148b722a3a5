import { compact, isMap, Manifest } from '../core';
import { checkStructure, specFromManifest } from '../model';
import { Candidate, select } from './select-provider';

/**
 * A ModelDeployment with engine and provider filled in where it leaves them out, as the controller would choose them, or has chosen them
 * as the status says. One that is not well-formed comes back as it is: what is wrong with it is found elsewhere.
 */
export function decide(manifest: Manifest, candidates: readonly Candidate[]): Manifest {
  const given = manifest.spec ?? {};
  if (!isMap(given)) return manifest;
  const spec = specFromManifest(given);
  if (checkStructure(spec).length > 0 || (spec.engine?.type && spec.provider?.name)) return manifest;

  const known = {
    ...spec,
    engine: { ...spec.engine, type: spec.engine?.type || statusOf(manifest, 'engine', 'type') },
    provider: { ...spec.provider, name: spec.provider?.name || statusOf(manifest, 'provider', 'name') },
  } as typeof spec;
  const { engine, provider } = select(known, candidates);
  // A GPU by default is for an engine that the model names: that comes before one is chosen.
  const resources = spec.resources ?? (spec.engine?.type ? undefined : {});
  return {
    ...manifest,
    spec: compact({ ...spec, resources, engine: compact({ ...spec.engine, type: engine }), provider: compact({ ...spec.provider, name: provider }) }),
  };
}

/** The controller stays with a choice that it made once. */
function statusOf({ status }: Manifest, choice: string, key: string): string | undefined {
  const made = isMap(status) ? status[choice] : undefined;
  const value = isMap(made) ? made[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
