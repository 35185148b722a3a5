import { ENGINE_NAMES, EngineName, ModelDeploymentSpec, planResources } from '../plan';
import type { EngineCapabilitySpec, ProviderSpec } from '../provider';
import { holds } from './evaluate-cel';

export interface Candidate {
  readonly name: string;
  readonly spec: ProviderSpec;
}

/** The engine and provider of a model, as AI Runway's controller would choose what the model leaves out. */
export interface Selection {
  readonly engine?: EngineName;
  readonly provider?: string;
}

/**
 * Engines are preferred in the order vllm, sglang, trtllm, llamacpp; providers by the highest priority of their selection rules that
 * hold, then by name. Whether there is a GPU and which mode is asked for decides which are considered at all.
 */
export function select(spec: ModelDeploymentSpec, candidates: readonly Candidate[]): Selection {
  const disaggregated = spec.serving?.mode === 'disaggregated';
  const resources = planResources(spec);
  const needs: Needs = { gpu: disaggregated || (resources?.gpu?.count ?? 0) > 0, mode: spec.serving?.mode ?? 'aggregated' };
  const engine = spec.engine?.type ?? ENGINE_NAMES.find((name) => candidates.some((candidate) => serves(candidate, name, needs)));
  if (!engine || spec.provider?.name) return { engine, provider: spec.provider?.name };

  const seen = { ...spec, ...(resources ? { resources } : {}), engine: { ...spec.engine, type: engine } };
  const [best] = candidates
    .filter((candidate) => serves(candidate, engine, needs))
    .map(({ name, spec: { selectionRules } }) => ({ name, priority: priorityOf(selectionRules ?? [], seen) }))
    .sort((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1));
  return { engine, provider: best?.name };
}

interface Needs {
  readonly gpu: boolean;
  readonly mode: 'aggregated' | 'disaggregated';
}

function serves({ spec }: Candidate, engine: EngineName, { gpu, mode }: Needs): boolean {
  const capability: EngineCapabilitySpec | undefined = spec.capabilities?.engines?.find(({ name }) => name === engine);
  if (!capability || !(gpu ? capability.gpuSupport : capability.cpuSupport)) return false;
  return capability.servingModes?.includes(mode) ?? false;
}

function priorityOf(rules: NonNullable<ProviderSpec['selectionRules']>, spec: object): number {
  return Math.max(0, ...rules.filter(({ condition }) => holds(condition, spec)).map(({ priority }) => priority ?? 0));
}
