import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import type { Manifest } from './manifest';

const OBJECTS = Symbol.for('cdk8s-inference-gateway.objects');

interface ObjectBook {
  /** Every object made so far, by kind, group, namespace and name. */
  readonly byKey: Map<string, ApiObject>;
  readonly collisions: { readonly key: string; readonly first: ApiObject; readonly second: ApiObject }[];
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
  const first = book.byKey.get(key);
  if (first && isAttached(first)) book.collisions.push({ key, first, second: object });
  else book.byKey.set(key, object);
  return object;
}

function bookOf(root: IConstruct): ObjectBook {
  const holder = root as IConstruct & { [OBJECTS]?: ObjectBook };
  if (!holder[OBJECTS]) {
    const book: ObjectBook = { byKey: new Map(), collisions: [] };
    Object.defineProperty(holder, OBJECTS, { value: book });
    root.node.addValidation({ validate: () => book.collisions.filter(({ first, second }) => isAttached(first) && isAttached(second)).map(describe) });
  }
  return holder[OBJECTS]!;
}

function isAttached(object: ApiObject): boolean {
  return object.node.scope?.node.tryFindChild(object.node.id) === object;
}

function describe({ key, first, second }: ObjectBook['collisions'][number]): string {
  return `IGW103 ${key} is rendered by both ${first.node.path} and ${second.node.path}: the last one applied would win; give one of them another \`name\` or \`namespace\``;
}
