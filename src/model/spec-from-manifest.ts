import { AirunwayApi, isMap, Mistake, withoutNulls } from '../core';
import type { ModelDeploymentSpec } from '../plan';
import { Model } from './model';
import type { ModelDeploymentProps, ModelRenderingOptions } from './model-deployment-props';

/** What keeps a document from being read in as a ModelDeployment. */
export function checkDocument(manifest: any): Mistake[] {
  const versions = Object.values(AirunwayApi).map((api) => `${api}/v1alpha1`);
  if (manifest?.kind !== 'ModelDeployment' || !versions.includes(manifest.apiVersion) || typeof manifest.metadata?.name !== 'string') {
    return [{
      code: 'IGW601',
      field: 'kind',
      value: `${manifest?.apiVersion} ${manifest?.kind}`,
      problem: 'is not a ModelDeployment with a name',
      allowed: versions.map((version) => `${version} ModelDeployment`).join(', '),
      fix: 'pass one parsed ModelDeployment document',
    }];
  }
  const { spec } = manifest;
  if (spec === undefined || spec === null || isMap(spec)) return [];
  return [{
    code: 'IGW201', field: 'spec', value: spec, problem: 'is not an object', allowed: 'an object of fields', fix: 'write the fields below it',
  }];
}

/**
 * `spec` of a document that `checkDocument` lets pass. A null stands for an absent field, as it does to the API server, except in the
 * overrides, where it takes a field away. An empty text where one of a few words belongs does too: the mutating webhook drops it before
 * the schema is looked at.
 */
export function specFromManifest(given: unknown): ModelDeploymentSpec {
  const spec = withoutEmptyWords(withoutNulls((given ?? {}) as Partial<ModelDeploymentSpec>));
  const overrides = (given as Partial<ModelDeploymentSpec> | undefined)?.provider?.overrides;
  return { model: {}, ...spec, ...(overrides ? { provider: { ...spec.provider, overrides } } : {}) };
}

const EMPTY_WORDS: readonly (readonly string[])[] = [
  ['model', 'source'], ['engine', 'type'], ['serving', 'mode'], ['model', 'storage', 'volumes', 'purpose'], ['model', 'storage', 'volumes', 'accessMode'],
];

function withoutEmptyWords<T>(spec: T): T {
  return EMPTY_WORDS.reduce((value, path) => withoutEmpty(value, path) as T, spec);
}

function withoutEmpty(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(item, [key, ...rest]));
  if (!isMap(value) || !(key in value)) return value;
  if (rest.length > 0) return { ...value, [key]: withoutEmpty(value[key], rest) };
  const { [key]: word, ...others } = value;
  return word === '' ? others : value;
}

/** What a document that `checkDocument` lets pass says beside its `spec`. */
export function propsOfManifest(manifest: any, options: ModelRenderingOptions): ModelDeploymentProps {
  return {
    ...options,
    model: Model.custom(),
    name: manifest.metadata.name,
    namespace: manifest.metadata.namespace ?? undefined,
    airunwayApi: Object.values(AirunwayApi).find((api) => manifest.apiVersion.startsWith(`${api}/`)),
  };
}
