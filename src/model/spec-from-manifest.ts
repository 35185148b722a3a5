import type { Mistake } from '../core';
import { AirunwayApi } from '../core';
import type { ModelDeploymentSpec } from '../plan';

const OVERRIDES = 'overrides';

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
  if (spec === undefined || spec === null || (typeof spec === 'object' && !Array.isArray(spec))) return [];
  return [{
    code: 'IGW201', field: 'spec', value: spec, problem: 'is not an object', allowed: 'an object of fields', fix: 'write the fields below it',
  }];
}

/** `spec` of a document that `checkDocument` lets pass. A null stands for an absent field, as it does to the API server. */
export function specFromManifest(spec: unknown): ModelDeploymentSpec {
  return { model: {}, ...withoutNulls((spec ?? {}) as object) };
}

/** In the overrides a null takes a field away, so it stays there. */
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutNulls) as T;
  if (value === null || typeof value !== 'object') return value;
  const present = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(present.map(([key, item]) => [key, key === OVERRIDES ? item : withoutNulls(item)])) as T;
}
