import type { Manifest } from '../../core';

/** Names are parts of other names between these. */
const SEPARATORS = /([^A-Za-z0-9]+)/;

/** Names of that many parts are longer than any. */
const LONGEST = 64;

/** Where names are those of namespaces. */
const NAMESPACES = /^(?:Gateway\.spec\.listeners\[\]\.allowedRoutes\.|Namespace\.metadata\.(?:name|labels\.kubernetes\.io\/metadata\.name)$)|\.namespace$/;

/** What objects say of names that they may know. */
export class Mentions {
  private readonly parts = new Set<string>();
  private readonly places = new Map<string, Set<string>>();
  private readonly numbers = new Map<string, number>();

  public constructor(objects: readonly Manifest[]) {
    for (const object of objects) {
      // It says much, and nothing of models.
      if (object.kind === 'CustomResourceDefinition') continue;
      this.walk(object, object.kind);
      this.enterNamespace(object);
    }
  }

  /** Whether a name, or one that has it in it, is anywhere in the objects. */
  public has(name: string): boolean {
    return this.parts.has(name);
  }

  /** The same number for namespaces in which a model meets the same: where objects name it, and what else is in it. */
  public aroundOf(namespace: string): number {
    const around = [...this.places.get(namespace) ?? []].sort().join('\n');
    const known = this.numbers.get(around);
    if (known !== undefined) return known;
    this.numbers.set(around, this.numbers.size);
    return this.numbers.size - 1;
  }

  private walk(value: unknown, path: string): void {
    if (typeof value === 'string') this.enter(value, path);
    if (typeof value !== 'object' || value === null) return;
    if (Array.isArray(value)) {
      value.forEach((item) => this.walk(item, `${path}[]`));
      return;
    }
    for (const [key, item] of Object.entries(value)) {
      this.enter(key, path);
      this.walk(item, `${path}.${key}`);
    }
  }

  private enter(text: string, path: string): void {
    addTo(this.places, text, path);
    if (NAMESPACES.test(path)) return;
    const tokens = text.split(/[^A-Za-z0-9._/-]+/);
    for (const token of tokens) {
      const pieces = token.split(SEPARATORS);
      for (let from = 0; from < pieces.length; from += 2) {
        let part = '';
        for (let to = from; to < pieces.length && to < from + LONGEST; to++) {
          part += pieces[to];
          if (to % 2 === 0) this.parts.add(part);
        }
      }
    }
  }

  /** A namespace, and what is in it, is told by all it says. */
  private enterNamespace(object: Manifest): void {
    const { name, namespace } = object.metadata ?? {};
    const known = object.kind === 'Namespace' ? name : namespace;
    if (typeof known === 'string') addTo(this.places, known, JSON.stringify(object).replaceAll(`"${known}"`, '""'));
  }
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}
