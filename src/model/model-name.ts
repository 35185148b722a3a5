import type { Mistake } from '../core';
import type { ModelDeploymentSpec } from '../plan';

export interface ModelNameInput {
  readonly spec: ModelDeploymentSpec;
  /** The first id `/v1/models` answers, when the user knows it. */
  readonly discovered?: string;
  /** Whether provider and engine answer to the model id whatever `servedName` says. */
  readonly ignoresServedName: boolean;
}

/** The name routes match on; empty when only the running server knows it. */
export function resolveModelName({ spec, discovered, ignoresServedName }: ModelNameInput): string {
  const servedName = ignoresServedName ? undefined : spec.model.servedName;
  return spec.gateway?.modelName || servedName || discovered || spec.model.id || '';
}

/** Errors when the name is not known, notices when it is a guess that only the running server can confirm. */
export function checkModelName(input: ModelNameInput): { mistakes: Mistake[]; notices: Mistake[] } {
  const { spec, discovered, ignoresServedName } = input;
  const remedy = 'set `modelName`, or `discoveredModelName` to the first id that /v1/models of the server answers';
  if (!resolveModelName(input)) {
    return { mistakes: [{ code: 'IGW207', field: 'spec.gateway.modelName', problem: 'is not known: the container decides, and a route cannot match on an empty name', fix: remedy }], notices: [] };
  }
  if (spec.gateway?.modelName || discovered || (spec.model.servedName && !ignoresServedName)) return { mistakes: [], notices: [] };
  if (spec.model.source !== 'custom' && !ignoresServedName) return { mistakes: [], notices: [] };
  const reason = ignoresServedName ? 'this provider ignores servedName' : 'the container decides which name it answers to';
  return { mistakes: [], notices: [{ code: 'IGW207', field: 'spec.model.id', value: spec.model.id, problem: `is what the route matches on, and ${reason}`, fix: remedy }] };
}
