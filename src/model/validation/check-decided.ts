import type { Mistake } from '../../core';
import { planResources } from '../../plan';
import { isAggregated, ModelContext } from './model-context';

/** Nothing is chosen at synth that a controller would choose by what is installed in its cluster, or by what is there already. */
export function checkDecided(context: ModelContext): Mistake[] {
  const { provider, spec } = context;
  const mistakes: Mistake[] = checkPause(context);
  if (!provider) {
    mistakes.push({
      code: 'IGW211',
      field: 'spec.provider.name',
      problem: 'is missing, and static rendering must know who serves the model',
      allowed: 'dynamo, kaito, kuberay, llmd, vllm, or one of your own',
      fix: 'pass `provider`',
    });
  }
  if (!spec.engine?.type) {
    mistakes.push({
      code: 'IGW211',
      field: 'spec.engine.type',
      problem: 'is missing, and static rendering must know what runs the model',
      allowed: 'vllm, sglang, trtllm, llamacpp',
      fix: 'pass `engine`',
    });
  }
  return mistakes;
}

/** Controllers leave the objects of a paused model as they are, whatever its spec says. */
function checkPause({ annotations, domain }: ModelContext): Mistake[] {
  const key = `${domain}/reconcile-paused`;
  if (annotations[key] !== 'true') return [];
  return [{
    code: 'IGW203',
    field: `metadata.annotations[${key}]`,
    value: 'true',
    problem: 'contradicts static rendering: controllers make and change nothing of a paused model',
    fix: 'remove the annotation, leave the model out, or render it for a controller',
  }];
}

/** What a controller is left to choose and cannot choose well. */
export function undecidedNotices(context: ModelContext): Mistake[] {
  const { provider, providerSpec, spec } = context;
  const engine = spec.engine?.type;
  const gpus = planResources(spec)?.gpu?.count ?? 0;
  if (!isAggregated(context) || gpus > 0) return [];
  if (engine) return provider || engine === 'llamacpp' ? [] : [needsGpu(engine)];
  const hasCpuEngine = (providerSpec?.capabilities?.engines ?? []).some(({ cpuSupport }) => cpuSupport);
  if (spec.image || (provider && hasCpuEngine)) return [];
  return [{
    code: 'IGW211',
    field: 'spec.engine.type',
    problem: provider
      ? `is missing, and without it no GPU is requested, which provider ${provider} needs`
      : 'is missing together with the provider: with all five providers installed the choice falls on llama.cpp, which fails without an image',
    fix: 'name the engine, or request GPUs',
  }];
}

function needsGpu(engine: string): Mistake {
  return {
    code: 'IGW301',
    field: 'spec.resources.gpu.count',
    value: 0,
    problem: `is too few: no known provider serves engine ${engine} without a GPU`,
    allowed: '1 to 64',
    fix: 'set resources.gpus to 1 or more, or name a provider that does',
  };
}
