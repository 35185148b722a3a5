import { JsonPatch } from 'cdk8s';
import { IConstruct } from 'constructs';
import { compact, Manifest, PlacedManifest } from '../core';
import type { DecidedModel } from './decided-model';

/** The ModelDeployment of a model that a controller renders. cdk8s leaves nulls out. In the overrides they take fields away, so they are put back. */
export function customResourceOf(decided: DecidedModel): PlacedManifest {
  const manifest = decided.imported ?? manifestOf(decided);
  const overrides = (manifest.spec as Partial<DecidedModel['context']['spec']> | undefined)?.provider?.overrides;
  return { id: 'Resource', manifest, patches: hasNull(overrides) ? [JsonPatch.add('/spec/provider/overrides', overrides)] : undefined };
}

/** The controller makes the route of the model itself; the Gateway has to allow it. */
export function attachCustomResource(owner: IConstruct, { context: { spec }, namespace, modelName, gateway, props }: DecidedModel): void {
  gateway?.attach(owner, { namespace, modelName: spec.gateway?.httpRouteRef ? undefined : modelName || undefined });
  props.provider?._usedBy('controller');
}

function manifestOf({ name, namespace, context: { domain, spec }, props: { labels, annotations } }: DecidedModel): Manifest {
  return { apiVersion: `${domain}/v1alpha1`, kind: 'ModelDeployment', metadata: compact({ name, namespace, labels, annotations }), spec };
}

function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}
