import type { Manifest } from '../core';

/** One side of a grant: objects of a kind in a namespace, or one object by name. */
export interface GrantedKind {
  readonly group: string;
  readonly kind: string;
}

export interface ReferenceGrantPlan {
  readonly name: string;
  /** The namespace of the object that is referred to. */
  readonly namespace: string;
  readonly from: readonly (GrantedKind & { readonly namespace: string })[];
  readonly to: readonly (GrantedKind & { readonly name?: string })[];
}

export function referenceGrantManifest({ name, namespace, from, to }: ReferenceGrantPlan): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name, namespace },
    spec: {
      from: from.map((side) => ({ group: side.group, kind: side.kind, namespace: side.namespace })),
      to: to.map((side) => (side.name ? { group: side.group, kind: side.kind, name: side.name } : { group: side.group, kind: side.kind })),
    },
  };
}
