import { IConstruct } from 'constructs';
import type { Manifest } from './manifest';

/** An object of an app that is checked as part of many: one that has no construct of its own, or whose construct is covered. */
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

/** What is known of an app when objects are chosen that stand for others. */
export interface RestOfApp {
  /** The other objects. */
  readonly objects: readonly Manifest[];
  /** Constructs of which a finding is muted. */
  readonly muted: ReadonlySet<IConstruct>;
}

/** Gives objects of an app to those who check it, some for all. */
export interface PlainObjectSource {
  /** Constructs whose objects it gives: they are not looked at in another way. Findings of `muted` and what is below are muted. */
  covered?(muted: ReadonlySet<IConstruct>): ReadonlySet<IConstruct>;
  take(rest: RestOfApp): PlainObjects;
}

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

/** Adds them while something runs. */
export function withPlainObjects<T>(root: IConstruct, source: PlainObjectSource, run: () => T): T {
  addPlainObjects(root, source);
  try {
    return run();
  } finally {
    const sources = (root as Holder)[SOURCES]!;
    sources.splice(sources.indexOf(source), 1);
  }
}

export function plainObjectSources(root: IConstruct): readonly PlainObjectSource[] {
  return (root as Holder)[SOURCES] ?? [];
}
