import { compare } from '../graph';
import type { GraphObject } from '../graph-object';
import { text } from '../json';

/** Sorts by what was created first, as objects of a cluster say; what says nothing comes before all others. */
export function compareAges(a: GraphObject, b: GraphObject): number {
  return compare(createdAt(a), createdAt(b));
}

function createdAt(object: GraphObject): string {
  return text(object.get('metadata', 'creationTimestamp')) ?? '';
}
