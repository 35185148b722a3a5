import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { isAttached, kubeObject, Manifest } from '../core';
import { referenceGrantManifest } from '../policy';
import { BackendPlan, poolBackend } from './backend-plan';
import { inferencePoolKind, PoolReference } from './pool-reference';
import { MOST_ENTRIES } from './validation/check-grant';

const GRANTS = Symbol.for('cdk8s-inference-gateway.backend-grants');

export interface BackendGrant {
  readonly name: string;
  /** What renders it: the object, or a construct that has none. */
  readonly holder: IConstruct;
  /** Namespaces of the routes. */
  readonly namespaces: Set<string>;
}

/** Lets routes of a namespace refer to a pool of another. */
export function grantPool(scope: Construct, pool: PoolReference, namespace: string): void {
  grantBackend(scope, poolBackend(pool), namespace);
}

/**
 * Lets routes of a namespace refer to a pool or Service of another. All routes of an app to one of them share a ReferenceGrant, since
 * its name, the one AI Runway's controller gives it, leaves room for one only; every 16 namespaces need one more.
 */
export function grantBackend(scope: Construct, backend: BackendPlan, namespace: string): ApiObject | undefined {
  const grant = claimGrant(scope, backend, namespace, (manifest) => (
    kubeObject(scope, freeId(scope), { ...manifest(), spec: Lazy.any({ produce: () => manifest().spec }) })
  ));
  return ApiObject.isApiObject(grant.holder) ? grant.holder : undefined;
}

/**
 * The grant that lets routes of a namespace refer to a backend. Where there is none yet `make` is called with what gives its manifest, which
 * may change until synth; it returns what renders it.
 */
export function claimGrant(
  scope: IConstruct, backend: BackendPlan, namespace: string, make: (manifest: () => Manifest) => IConstruct,
): BackendGrant {
  const { group, kind, name } = backend;
  const grants = grantsOf(scope.node.root);
  const key = `${kind}.${group} ${backend.namespace}/${name}`;
  const known = (grants.get(key) ?? []).filter(({ holder }) => isAttached(holder));
  const shared = known.find(({ namespaces }) => namespaces.has(namespace)) ?? known.find(({ namespaces }) => namespaces.size < MOST_ENTRIES);
  if (shared) {
    shared.namespaces.add(namespace);
    return shared;
  }
  const namespaces = new Set([namespace]);
  const grantName = freeName(kind === inferencePoolKind.kind ? `${name}-referencegrant` : `${name}-service-referencegrant`, known);
  const manifest = () => referenceGrantManifest({
    name: grantName,
    namespace: backend.namespace,
    from: [...namespaces].sort().map((from) => ({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: from })),
    to: [{ group, kind, name }],
  });
  const grant = { name: grantName, holder: make(manifest), namespaces };
  grants.set(key, [...known, grant]);
  return grant;
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
