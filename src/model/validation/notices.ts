import type { Mistake } from '../../core';
import { isAggregated, ModelContext } from './model-context';

/** What the admission webhook warns of, and what has no effect. */
export function modelNotices(context: ModelContext): Mistake[] {
  return [...engineNotices(context), ...storageNotices(context), ...replicaNotices(context), ...labelNotices(context)];
}

/** What the live controller loses of a ModelDeployment: Go's omitempty drops zero and false, and the default comes back. */
export function lostFields({ spec: { engine, scaling } }: ModelContext): Mistake[] {
  const lost = (field: string, value: unknown, fix: string): Mistake => (
    { code: 'IGW210', field, value, problem: 'is lost on the first write of the live controller, which puts the default back', fix }
  );
  const replicas: [string, number | undefined][] = [
    ['spec.scaling.replicas', scaling?.replicas],
    ['spec.scaling.prefill.replicas', scaling?.prefill?.replicas],
    ['spec.scaling.decode.replicas', scaling?.decode?.replicas],
  ];
  return [
    ...(engine?.enablePrefixCaching === false
      ? [lost('spec.engine.enablePrefixCaching', false, 'set the flag no-enable-prefix-caching in engine.args, or render statically')]
      : []),
    ...replicas.filter(([, value]) => value === 0)
      .map(([field]) => lost(field, 0, 'delete the ModelDeployment to scale it down, or render statically')),
  ];
}

function engineNotices({ spec: { model, engine } }: ModelContext): Mistake[] {
  const notices: Mistake[] = [];
  if (model.source === 'custom' && model.servedName) {
    notices.push({
      code: 'IGW210',
      field: 'spec.model.servedName',
      value: model.servedName,
      problem: 'has no effect on a custom model, whose container decides',
      fix: 'remove it, or set the flag of the server in engine.args',
    });
  }
  if (engine?.trustRemoteCode) {
    notices.push({
      code: 'IGW210',
      field: 'spec.engine.trustRemoteCode',
      value: true,
      problem: 'lets code that comes with the model run as the server does',
      fix: 'remove it unless you trust the author of the model',
    });
  }
  if (engine?.type === 'trtllm' && engine.contextLength !== undefined) {
    notices.push({
      code: 'IGW210',
      field: 'spec.engine.contextLength',
      value: engine.contextLength,
      problem: 'has no effect on TensorRT-LLM, which fixes it when the engine is built',
      fix: 'remove it',
    });
  }
  return notices;
}

function storageNotices({ spec: { model } }: ModelContext): Mistake[] {
  return (model.storage?.volumes ?? []).flatMap(({ purpose, readOnly }, index): Mistake[] => {
    const field = `spec.model.storage.volumes[${index}].readOnly`;
    if (!readOnly) return [];
    if (purpose === 'compilationCache') {
      return [{ code: 'IGW210', field, value: true, problem: 'keeps the compilation cache from being filled', fix: 'remove it' }];
    }
    if (purpose !== 'modelCache' || (model.source ?? 'huggingface') !== 'huggingface') return [];
    return [{
      code: 'IGW210', field, value: true, problem: 'keeps the model from being downloaded', fix: 'make sure that the claim holds the weights already',
    }];
  });
}

function replicaNotices(context: ModelContext): Mistake[] {
  const { scaling } = context.spec;
  if (isAggregated(context) || scaling?.replicas === undefined) return [];
  return [{
    code: 'IGW210',
    field: 'spec.scaling.replicas',
    value: scaling.replicas,
    problem: 'has no effect on disaggregated serving, where each role has its own',
    fix: 'set the replicas of prefill and decode',
  }];
}

function labelNotices({ name, domain, spec }: ModelContext): Mistake[] {
  const key = `${domain}/model-deployment`;
  const value = spec.podTemplate?.metadata?.labels?.[key];
  if (value === undefined || value === name) return [];
  return [{
    code: 'IGW210',
    field: `spec.podTemplate.metadata.labels.${key}`,
    value,
    problem: 'is replaced: it is the label the InferencePool selects pods by',
    allowed: name,
    fix: 'use another label',
  }];
}
