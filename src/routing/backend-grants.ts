import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isAttached, kubeObject } from '../core';
import { referenceGrantManifest } from '../policy';
import { BackendPlan, poolBackend } from './backend-plan';
import { inferencePoolKind, PoolReference } from './pool-reference';
import { MOST_ENTRIES } from './validation/check-grant';

const GRANTS = Symbol.for('cdk8s-inference-gateway.backend-grants');

interface BackendGrant {
  readonly name: string;
  readonly object: ApiObject;
  /** Namespaces of the routes. */
  readonly namespaces: Set<string>;
}

/** Lets routes of a namespace refer to a pool of another. */
export function grantPool(scope: Construct, pool: PoolReference, namespace: string): ApiObject {
  return grantBackend(scope, poolBackend(pool), namespace);
}

/**
 * Lets routes of a namespace refer to a pool or Service of another. All routes of an app to one of them share a ReferenceGrant, since
 * its name, the one AI Runway's controller gives it, leaves room for one only; every 16 namespaces need one more.
 */
export function grantBackend(scope: Construct, backend: BackendPlan, namespace: string): ApiObject {
  const { group, kind, name } = backend;
  const grants = grantsOf(scope.node.root);
  const key = `${kind}.${group} ${backend.namespace}/${name}`;
  const known = (grants.get(key) ?? []).filter(({ object }) => isAttached(object));
  const holder = known.find(({ namespaces }) => namespaces.has(namespace)) ?? known.find(({ namespaces }) => namespaces.size < MOST_ENTRIES);
  if (holder) {
    holder.namespaces.add(namespace);
    return holder.object;
  }
  const namespaces = new Set([namespace]);
  const grantName = freeName(kind === inferencePoolKind.kind ? `${name}-referencegrant` : `${name}-service-referencegrant`, known);
  const manifest = () => referenceGrantManifest({
    name: grantName,
    namespace: backend.namespace,
    from: [...namespaces].sort().map((from) => ({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: from })),
    to: [{ group, kind, name }],
  });
  const object = kubeObject(scope, freeId(scope), { ...manifest(), spec: Lazy.any({ produce: () => manifest().spec }) });
  grants.set(key, [...known, { name: grantName, object, namespaces }]);
  return object;
}

function freeName(name: string, taken: readonly BackendGrant[]): string {
  return [name, ...taken.map((_, index) => `${name}-${index + 2}`)].find((free) => !taken.some((grant) => grant.name === free))!;
}

function freeId(scope: Construct): string {
  let id = 'ReferenceGrant';
  for (let number = 2; scope.node.tryFindChild(id); number++) id = `ReferenceGrant-${number}`;
  return id;
}

function grantsOf(root: IConstruct): Map<string, BackendGrant[]> {
  const holder = root as IConstruct & { [GRANTS]?: Map<string, BackendGrant[]> };
  if (!holder[GRANTS]) Object.defineProperty(holder, GRANTS, { value: new Map<string, BackendGrant[]>() });
  return holder[GRANTS]!;
}
