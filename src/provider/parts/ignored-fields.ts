import type { Mistake } from '../../core';
import type { ModelPlan } from '../../plan';

/** Reads what the user asked for; undefined when a field is left at its default. */
const ASKED = {
  'spec.image': ({ image }: ModelPlan) => image,
  'spec.model.servedName': ({ model }: ModelPlan) => model.servedName,
  'spec.model.storage.volumes': ({ model }: ModelPlan) => filled(model.volumes.map(({ name }) => name)),
  'spec.engine.image': ({ engine }: ModelPlan) => engine.image,
  'spec.engine.contextLength': ({ engine }: ModelPlan) => engine.contextLength,
  'spec.engine.trustRemoteCode': ({ engine }: ModelPlan) => engine.trustRemoteCode || undefined,
  'spec.engine.enablePrefixCaching': ({ engine }: ModelPlan) => (engine.enablePrefixCaching ? undefined : false),
  'spec.engine.enforceEager': ({ engine }: ModelPlan) => engine.enforceEager || undefined,
  'spec.engine.args': ({ engine }: ModelPlan) => filled(Object.keys(engine.args)),
  'spec.engine.extraArgs': ({ engine }: ModelPlan) => filled(engine.extraArgs),
  'spec.resources.memory': ({ resources }: ModelPlan) => resources?.memory,
  'spec.resources.cpu': ({ resources }: ModelPlan) => resources?.cpu,
  'spec.env': ({ env }: ModelPlan) => filled(env.map(({ name }) => name)),
  'spec.podTemplate.metadata.labels': ({ podLabels }: ModelPlan) => filled(Object.keys(podLabels)),
  'spec.podTemplate.metadata.annotations': ({ podAnnotations }: ModelPlan) => filled(Object.keys(podAnnotations)),
  'spec.nodeSelector': ({ nodeSelector }: ModelPlan) => filled(Object.keys(nodeSelector)),
  'spec.tolerations': ({ tolerations }: ModelPlan) => filled(tolerations.map(({ key }) => key ?? '')),
  'spec.secrets.huggingFaceToken': ({ huggingFaceTokenSecret }: ModelPlan) => huggingFaceTokenSecret,
  'spec.provider.overrides': ({ overrides }: ModelPlan) => filled(Object.keys(overrides ?? {})),
};

export type IgnorableField = keyof typeof ASKED;

/** Warns of each of these fields that the user set, with what to do instead. */
export function ignoredFields(
  plan: ModelPlan, instead: Partial<Record<IgnorableField, string>>, problem: string = `is ignored by provider ${plan.provider}`,
): Mistake[] {
  return (Object.keys(instead) as IgnorableField[])
    .map((field): Mistake => ({ code: 'IGW210', field, value: ASKED[field](plan), problem, fix: instead[field]! }))
    .filter(({ value }) => value !== undefined);
}

function filled<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length > 0 ? items : undefined;
}
