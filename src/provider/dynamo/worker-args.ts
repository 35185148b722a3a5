import type { ModelPlan } from '../../plan';
import { DerivedFlag, engineArgs } from '../parts/engine-args';

export type Role = 'prefill' | 'decode';

/** The flag that tells a worker its role. */
export const DISAGGREGATION_MODE = 'disaggregation-mode';
/** A key of `engine.args` that vLLM has no flag for. */
export const CONNECTOR = 'connector';

const KV_TRANSFER: DerivedFlag = ['kv-transfer-config', JSON.stringify({ kv_connector: 'NixlConnector', kv_role: 'kv_both' })];
const CONTEXT_LENGTH: Record<string, string> = { vllm: 'max-model-len', sglang: 'context-length' };

/** The derived flags, `engine.args`, then the flags of the role; `engine.extraArgs` is ignored by the provider. */
export function workerArgs(plan: ModelPlan, role: Role | undefined): string[] {
  const args = { ...plan.engine.args };
  if (plan.engine.type === 'vllm') delete args[CONNECTOR];
  // Set explicitly, it would give both workers the same role.
  if (role) delete args[DISAGGREGATION_MODE];
  const engine = { ...plan.engine, args, extraArgs: [] };
  const roleFlags = role ? derivedOfRole(plan, role).filter(([flag]) => !(flag in args)) : [];
  return [...engineArgs(engine, derivedFlags(plan)), ...roleFlags.flatMap(([flag, ...values]) => [`--${flag}`, ...values])];
}

function derivedOfRole({ engine }: ModelPlan, role: Role): DerivedFlag[] {
  return [[DISAGGREGATION_MODE, role], ...(engine.type === 'vllm' ? [KV_TRANSFER] : [])];
}

function derivedFlags({ model, engine }: ModelPlan): DerivedFlag[] {
  const flags: DerivedFlag[] = [[engine.type === 'vllm' ? 'model' : 'model-path', model.id]];
  if (model.servedName) flags.push(['served-model-name', model.servedName]);
  // TensorRT-LLM decides the rest when the engine is built.
  if (engine.type === 'trtllm') return flags;
  if (engine.contextLength !== undefined) flags.push([CONTEXT_LENGTH[engine.type], String(engine.contextLength)]);
  if (engine.trustRemoteCode) flags.push(['trust-remote-code']);
  if (engine.enablePrefixCaching) flags.push(['enable-prefix-caching']);
  if (engine.enforceEager) flags.push(['enforce-eager']);
  return flags;
}
