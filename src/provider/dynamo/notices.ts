import type { Mistake } from '../../core';
import type { ModelPlan } from '../../plan';
import { ignoredFields } from '../parts/ignored-fields';
import { idleGpus, ignoredGpuType } from '../parts/notices';
import { isMocker, isRouted, mockerAnnotation } from './mocker';
import { modelCacheOf } from './storage';
import { CONNECTOR, DISAGGREGATION_MODE } from './worker-args';

const REMOVE = 'remove it';
const THROUGH_OVERRIDES = 'set it under spec.services in provider.overrides';

export function dynamoNotices(plan: ModelPlan): Mistake[] {
  return [
    ...ignoredFields(plan, {
      'spec.env': THROUGH_OVERRIDES,
      'spec.podTemplate.metadata.labels': THROUGH_OVERRIDES,
      'spec.podTemplate.metadata.annotations': THROUGH_OVERRIDES,
    }),
    ...unsetCache(plan),
    ...rootOverrides(plan),
    ...unreadShorthands(plan),
    // A mocker reads nothing of the engine: one warning says it all.
    ...(isMocker(plan) ? [simulated(plan)] : engineNotices(plan)),
  ];
}

function engineNotices(plan: ModelPlan): Mistake[] {
  return [
    ...ignoredGpuType(plan),
    ...idleGpus(plan),
    ...(plan.engine.type === 'sglang' ? unknownToSglang(plan) : []),
    ...ignoredFields(plan, { 'spec.engine.extraArgs': 'move the flags to engine.args' }),
    ...ignoredArgs(plan),
    ...(plan.mode === 'disaggregated' ? ignoredFields(plan, {
      'spec.resources.memory': 'set scaling.prefill.memory and scaling.decode.memory',
      'spec.resources.cpu': REMOVE,
    }) : []),
    ...(plan.engine.type === 'trtllm' ? ignoredFields(plan, {
      'spec.engine.contextLength': 'set it when the TensorRT-LLM engine is built',
      'spec.engine.trustRemoteCode': REMOVE,
      'spec.engine.enablePrefixCaching': 'set it through engine.args',
      'spec.engine.enforceEager': REMOVE,
    }) : []),
  ];
}

/** The live provider passes vLLM's switches to SGLang, which stops on a flag it does not know. */
function unknownToSglang({ engine }: ModelPlan): Mistake[] {
  const passed = [
    { key: 'enablePrefixCaching', instead: 'set it to false: SGLang caches prefixes anyway' },
    { key: 'enforceEager', instead: "remove it, and set 'disable-cuda-graph' in engine.args" },
  ] as const;
  return passed.filter(({ key }) => engine[key]).map(({ key, instead }) => ({
    code: 'IGW210',
    field: `spec.engine.${key}`,
    value: true,
    problem: 'is passed by provider dynamo as a flag of vLLM, which SGLang does not know',
    fix: instead,
  }));
}

function ignoredArgs({ engine, mode }: ModelPlan): Mistake[] {
  const unread = [
    ...(engine.type === 'vllm' ? [{ key: CONNECTOR, problem: 'is not passed on, vLLM has no such flag' }] : []),
    ...(mode === 'disaggregated' ? [{ key: DISAGGREGATION_MODE, problem: 'is decided per worker when disaggregated' }] : []),
  ];
  return unread.filter(({ key }) => key in engine.args).map(({ key, problem }) => ({
    code: 'IGW210', field: `spec.engine.args.${key}`, value: engine.args[key], problem, fix: REMOVE,
  }));
}

function unsetCache(plan: ModelPlan): Mistake[] {
  const cache = modelCacheOf(plan);
  if (!cache || !plan.env.some(({ name }) => name === 'HF_HOME')) return [];
  return [{
    code: 'IGW210',
    field: 'spec.env',
    value: 'HF_HOME',
    problem: `keeps provider dynamo from setting HF_HOME to the cache at ${cache.mountPath}, and is not set itself: workers download the model again`,
    fix: 'remove HF_HOME from env',
  }];
}

function rootOverrides({ overrides = {} }: ModelPlan): Mistake[] {
  return Object.keys(overrides).filter((key) => key !== 'spec').map((key) => ({
    code: 'IGW210',
    field: `spec.provider.overrides.${key}`,
    value: overrides[key],
    problem: 'also lands at the root of the DynamoGraphDeployment, where its schema has no such field: strict validation refuses it',
    fix: 'override the service under spec.services instead, or apply without strict validation',
  }));
}

function unreadShorthands(plan: ModelPlan): Mistake[] {
  const unread = isRouted(plan) ? ['routerMode', 'frontend'] : ['epp'];
  return unread.filter((key) => plan.overrides && key in plan.overrides).map((key) => ({
    code: 'IGW210',
    field: `spec.provider.overrides.${key}`,
    value: plan.overrides![key],
    problem: `is ignored by provider dynamo ${isRouted(plan) ? 'behind a gateway: there is no Frontend' : 'without a gateway: there is no Epp'}`,
    fix: REMOVE,
  }));
}

function simulated(plan: ModelPlan): Mistake {
  return {
    code: 'IGW210',
    field: `metadata.annotations[${mockerAnnotation(plan)}]`,
    value: plan.annotations[mockerAnnotation(plan)],
    problem: 'replaces the engine with a simulator: image, engine settings and resources are ignored, and no gateway routes to the model',
    fix: 'remove the annotation outside of tests',
  };
}
