import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { Manifest } from './manifest';

const OBJECTS = Symbol.for('cdk8s-inference-gateway.objects');

interface ObjectBook {
  /** Every object made so far, by kind, group, namespace and name. */
  readonly byKey: Map<string, ApiObject[]>;
  /** The keys that more than one object has. */
  readonly shared: Set<string>;
}

/**
 * Makes the `ApiObject` of a manifest: the only place that does. The object stays raw, so JSON patches keep fields no schema knows.
 *
 * Two constructs that render the same object are an error at synth that names both (IGW103).
 */
export function kubeObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  const object = new ApiObject(scope, id, manifest);
  // cdk8s gives every object the chart's namespace, cluster-scoped ones too (cdk8s-team/cdk8s#1558). A manifest says what it wants.
  (object.metadata as { namespace?: string }).namespace = manifest.metadata.namespace;
  const book = bookOf(scope.node.root);
  const key = `${object.kind}.${object.apiGroup} ${object.metadata.namespace ?? '-'}/${object.name}`;
  const others = book.byKey.get(key);
  if (others) {
    others.push(object);
    book.shared.add(key);
  } else {
    book.byKey.set(key, [object]);
  }
  return object;
}

function bookOf(root: IConstruct): ObjectBook {
  const holder = root as IConstruct & { [OBJECTS]?: ObjectBook };
  if (!holder[OBJECTS]) {
    const book: ObjectBook = { byKey: new Map(), shared: new Set() };
    Object.defineProperty(holder, OBJECTS, { value: book });
    root.node.addValidation({ validate: () => [...book.shared].flatMap((key) => collisionsOf(key, book.byKey.get(key)!)) });
  }
  return holder[OBJECTS]!;
}

function collisionsOf(key: string, objects: readonly ApiObject[]): string[] {
  const [first, ...others] = objects.filter(isAttached).map(({ node }) => node.path);
  return others.map((other) => [
    `IGW103 ${key} is rendered by both ${first} and ${other}: the last one applied would win;`,
    'give one of them another `name` or `namespace`',
  ].join(' '));
}

/** Whether a construct is still in the tree: it or a parent may have been removed. */
export function isAttached(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isAttached(scope));
}
