import type { Mistake } from '../../core';
import type { ModelContext } from './model-context';

/** What the admission webhook warns of. */
export function modelNotices({ spec }: ModelContext): Mistake[] {
  const notices: Mistake[] = [];
  const { model, engine } = spec;
  if (model.source === 'custom' && model.servedName) {
    notices.push({ code: 'IGW210', field: 'spec.model.servedName', value: model.servedName, problem: 'has no effect on a custom model, whose container decides', fix: 'remove it, or set the flag of the server in engine.args' });
  }
  if (engine?.trustRemoteCode) {
    notices.push({ code: 'IGW210', field: 'spec.engine.trustRemoteCode', value: true, problem: 'lets code that comes with the model run as the server does', fix: 'remove it unless you trust the author of the model' });
  }
  if (engine?.type === 'trtllm' && engine.contextLength !== undefined) {
    notices.push({ code: 'IGW210', field: 'spec.engine.contextLength', value: engine.contextLength, problem: 'has no effect on TensorRT-LLM, which fixes it when the engine is built', fix: 'remove it' });
  }
  for (const [index, volume] of (model.storage?.volumes ?? []).entries()) {
    if (!volume.readOnly) continue;
    const field = `spec.model.storage.volumes[${index}].readOnly`;
    if (volume.purpose === 'compilationCache') {
      notices.push({ code: 'IGW210', field, value: true, problem: 'keeps the compilation cache from being filled', fix: 'remove it' });
    }
    if (volume.purpose === 'modelCache' && (model.source ?? 'huggingface') === 'huggingface') {
      notices.push({ code: 'IGW210', field, value: true, problem: 'keeps the model from being downloaded', fix: 'make sure that the claim holds the weights already' });
    }
  }
  return notices;
}
