import { IConstruct } from 'constructs';
import type { Manifest } from './manifest';

/** An object of an app that has no construct of its own. */
export interface PlainObject {
  readonly manifest: Manifest;
  /** The construct that stands for it. */
  readonly owner: IConstruct;
  /** Where it comes from, for messages. */
  readonly place: string;
  /** The same for objects of which one is reported where several have the same problem. */
  readonly alike: object;
  /** Writes an annotation to it, and to the objects that it stands for. */
  annotate(key: string, value: string): void;
}

/** What is to be checked of many objects that are alike. */
export interface PlainObjects {
  /** Objects that others may refer to. */
  readonly always: readonly PlainObject[];
  /** The others, in sets that belong together, made when they are asked for. */
  readonly others: Iterable<readonly PlainObject[]>;
}

/** Gives the objects, when it is known what else is in the app. */
export type PlainObjectSource = (objects: readonly Manifest[]) => PlainObjects;

const SOURCES = Symbol.for('cdk8s-inference-gateway.plain-objects');

interface Holder {
  [SOURCES]?: PlainObjectSource[];
}

/** Adds objects to what is checked of an app. */
export function addPlainObjects(root: IConstruct, source: PlainObjectSource): void {
  const holder = root as Holder;
  if (!holder[SOURCES]) Object.defineProperty(holder, SOURCES, { value: [] });
  holder[SOURCES]!.push(source);
}

export function plainObjectSources(root: IConstruct): readonly PlainObjectSource[] {
  return (root as Holder)[SOURCES] ?? [];
}
