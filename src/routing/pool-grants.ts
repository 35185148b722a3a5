import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { kubeObject } from '../core';
import { referenceGrantManifest } from '../policy';
import { inferencePoolKind, PoolReference } from './pool-reference';

const GRANTS = Symbol.for('cdk8s-inference-gateway.pool-grants');

interface PoolGrant {
  readonly object: ApiObject;
  readonly namespaces: Set<string>;
}

/**
 * Lets routes of a namespace refer to a pool of another. All routes of a pool share one ReferenceGrant, named as AI Runway's
 * controller names it: of two objects with that name the last one applied would take the other routes' permission away.
 */
export function grantPool(scope: Construct, pool: PoolReference, namespace: string): ApiObject {
  const grants = grantsOf(scope.node.root);
  const key = `${pool.namespace}/${pool.name}`;
  const known = grants.get(key);
  if (known) {
    known.namespaces.add(namespace);
    return known.object;
  }
  const namespaces = new Set([namespace]);
  const manifest = referenceGrantManifest({ name: `${pool.name}-referencegrant`, namespace: pool.namespace, from: [], to: [{ ...inferencePoolKind, name: pool.name }] });
  const object = kubeObject(scope, 'ReferenceGrant', {});
  grants.set(key, { object, namespaces });
  return object;
}
