import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, checkLabelName, checkObjectName, kubeObject, namespaceOf } from '../core';
import { referenceGrantManifest } from '../policy';
import { GrantSource } from './grant-source';
import { GrantTarget } from './grant-target';
import { checkGrant, MOST_ENTRIES } from './validation/check-grant';

/** Properties of `ReferenceGrant`. */
export interface ReferenceGrantProps {
  /** Who may refer. Any number of entries; one that is given twice counts once. */
  readonly from: GrantSource[];

  /** What they may refer to, in the grant's namespace. Any number of entries; one that is given twice counts once. */
  readonly to: GrantTarget[];

  /**
   * Name of the ReferenceGrant. The second one that more than 16 entries need is `<name>-2`, and so on.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the ReferenceGrant: that of the objects which are referred to.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;
}

/**
 * Lets objects of other namespaces refer to objects of this one. Without it a route to a pool of another namespace answers 500, and a
 * listener with a certificate of another namespace is not programmed.
 *
 * Renders a `ReferenceGrant` (gateway.networking.k8s.io/v1beta1), and more of them when a list has more than the 16 entries one holds.
 * `ModelRoute`, `ModelListRoute`, `ModelDeployment` and `InferenceGateway` render the grants they need; use this for objects that
 * something else makes.
 *
 * Source: Gateway API v1.5.1, ReferenceGrant.
 *
 * Errors: IGW101 and IGW102 for names, IGW510 for an empty list and for a kind.
 */
export class ReferenceGrant extends Construct {
  /** Name of the first ReferenceGrant. */
  public readonly name: string;
  /** Namespace of the ReferenceGrants. */
  public readonly namespace: string;
  /** The ReferenceGrant objects: one, unless a list has more than 16 entries. */
  public readonly grants: ApiObject[];

  public constructor(scope: Construct, id: string, props: ReferenceGrantProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    assertNoMistakes(this, [
      ...checkObjectName('name', this.name), ...checkLabelName('namespace', this.namespace), ...checkGrant(props.from, props.to),
    ]);
    const from = distinct(props.from, ({ group, kind, namespace }) => `${group}/${kind}/${namespace}`);
    const to = distinct(props.to, ({ group, kind, name }) => `${group}/${kind}/${name ?? ''}`);
    // A grant allows each of its sources each of its targets, so every pair of chunks needs one.
    const pairs = chunksOf(from).flatMap((sources) => chunksOf(to).map((targets) => ({ sources, targets })));
    this.grants = pairs.map(({ sources, targets }, index) => kubeObject(this, index === 0 ? 'Resource' : `Resource-${index + 1}`, referenceGrantManifest({
      name: index === 0 ? this.name : `${this.name}-${index + 1}`,
      namespace: this.namespace,
      from: sources,
      to: targets,
    })));
  }
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function chunksOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / MOST_ENTRIES) }, (_, index) => items.slice(index * MOST_ENTRIES, (index + 1) * MOST_ENTRIES));
}
