import type { Mistake } from '../../core';
import { ENGINE_NAMES, planResources, SERVING_MODES } from '../../plan';
import type { EngineCapabilitySpec } from '../../provider';
import { isAggregated, isMocker, ModelContext } from './model-context';

/** Whether the provider can serve the engine this way, and whether disaggregated serving is complete. */
export function checkServing(context: ModelContext): Mistake[] {
  return [...checkMocker(context), ...checkCompatibility(context), ...(isAggregated(context) ? [] : checkRoles(context))];
}

function checkMocker(context: ModelContext): Mistake[] {
  const engine = context.spec.engine?.type;
  if (!isMocker(context) || !engine || engine === 'vllm') return [];
  return [{
    code: 'IGW301',
    field: 'spec.engine.type',
    value: engine,
    problem: 'is not simulated by the Dynamo mocker',
    allowed: 'vllm',
    fix: 'use vllm, or remove the mocker annotation',
  }];
}

function checkCompatibility(context: ModelContext): Mistake[] {
  const { spec, provider, providerSpec } = context;
  const type = spec.engine?.type;
  // A word that the schema does not know is refused for that already.
  if (!provider || !type || !ENGINE_NAMES.includes(type) || isMocker(context)) return [];
  if (!providerSpec) {
    return [{
      code: 'IGW301',
      field: 'spec.provider.name',
      value: provider,
      problem: 'is not known',
      allowed: 'dynamo, kaito, kuberay, llmd, vllm, or one of your own',
      fix: 'correct the name, or give its InferenceProviderConfig (`ProviderGateway`)',
    }];
  }
  if (!providerSpec.capabilities) return [];
  const engines = providerSpec.capabilities.engines ?? [];
  const engine = engines.find(({ name }) => name === type);
  if (engine) return [...checkMode(context, engine), ...checkGpus(context, engine)];
  return [{
    code: 'IGW301',
    field: 'spec.engine.type',
    value: type,
    problem: `is not served by provider ${provider}`,
    allowed: engines.map(({ name }) => name).join(', ') || 'none',
    fix: 'choose another engine or provider',
  }];
}

function checkMode({ spec, provider }: ModelContext, { name, servingModes = [] }: EngineCapabilitySpec): Mistake[] {
  const mode = spec.serving?.mode ?? 'aggregated';
  if (servingModes.includes(mode) || !SERVING_MODES.includes(mode)) return [];
  return [{
    code: 'IGW301',
    field: 'spec.serving.mode',
    value: mode,
    problem: `is not served by provider ${provider} for engine ${name}`,
    allowed: servingModes.join(', ') || 'none',
    fix: 'choose another mode or provider',
  }];
}

function checkGpus(context: ModelContext, { name, cpuSupport }: EngineCapabilitySpec): Mistake[] {
  const { spec, provider } = context;
  const gpus = planResources(spec)?.gpu?.count ?? 0;
  if (!isAggregated(context) || gpus !== 0 || cpuSupport) return [];
  return [{
    code: 'IGW301',
    field: 'spec.resources.gpu.count',
    value: gpus,
    problem: `is too few: engine ${name} on provider ${provider} needs a GPU`,
    allowed: '1 to 64',
    fix: spec.image && !spec.resources
      ? 'set resources.gpus: the default of one does not apply with `image`; engine.image keeps it'
      : 'set resources.gpus to 1 or more',
  }];
}

function checkRoles(context: ModelContext): Mistake[] {
  const { resources, scaling } = context.spec;
  const mistakes: Mistake[] = [];
  if ((resources?.gpu?.count ?? 0) > 0) {
    mistakes.push({
      code: 'IGW203',
      field: 'spec.resources.gpu',
      value: resources!.gpu,
      problem: 'contradicts disaggregated serving, where each role has its own GPUs',
      allowed: 'GPUs of prefill and decode',
      fix: 'move the GPUs to prefill and decode',
    });
  }
  for (const role of ['prefill', 'decode'] as const) {
    const component = scaling?.[role];
    if (!component) {
      mistakes.push({
        code: 'IGW202', field: `spec.scaling.${role}`, problem: 'is missing, and disaggregated serving needs it', fix: `describe ${role}`,
      });
    } else if (!isMocker(context) && !component.gpu?.count) {
      mistakes.push({
        code: 'IGW202',
        field: `spec.scaling.${role}.gpu.count`,
        problem: 'is missing or 0, and disaggregated serving needs GPUs',
        allowed: '1 to 64',
        fix: 'set 1 or more',
      });
    }
  }
  return mistakes;
}
