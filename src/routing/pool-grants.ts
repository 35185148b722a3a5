import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isAttached, kubeObject } from '../core';
import { referenceGrantManifest } from '../policy';
import { inferencePoolKind, PoolReference } from './pool-reference';

const GRANTS = Symbol.for('cdk8s-inference-gateway.pool-grants');

interface PoolGrant {
  readonly object: ApiObject;
  /** Namespaces of the routes. */
  readonly namespaces: Set<string>;
}

/**
 * Lets routes of a namespace refer to a pool of another. All routes of an app to a pool share one ReferenceGrant, since its name,
 * the one AI Runway's controller gives it, leaves room for one only.
 */
export function grantPool(scope: Construct, pool: PoolReference, namespace: string): ApiObject {
  const grants = grantsOf(scope.node.root);
  const key = `${pool.namespace}/${pool.name}`;
  const known = grants.get(key);
  if (known && isAttached(known.object)) {
    known.namespaces.add(namespace);
    return known.object;
  }
  const namespaces = new Set([namespace]);
  const manifest = () => referenceGrantManifest({
    name: `${pool.name}-referencegrant`,
    namespace: pool.namespace,
    from: [...namespaces].sort().map((from) => ({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: from })),
    to: [{ ...inferencePoolKind, name: pool.name }],
  });
  const object = kubeObject(scope, 'ReferenceGrant', { ...manifest(), spec: Lazy.any({ produce: () => manifest().spec }) });
  grants.set(key, { object, namespaces });
  return object;
}

function grantsOf(root: IConstruct): Map<string, PoolGrant> {
  const holder = root as IConstruct & { [GRANTS]?: Map<string, PoolGrant> };
  if (!holder[GRANTS]) Object.defineProperty(holder, GRANTS, { value: new Map<string, PoolGrant>() });
  return holder[GRANTS]!;
}
