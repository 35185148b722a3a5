import { compact } from '../../core';
import type { TransformEntry } from '../header-transform-options';

/** A rule of the transformer as plain data; a part that is not changed is left out. */
export interface TransformRule {
  readonly operate: string;
  readonly mapSource?: string;
  readonly headers?: readonly Record<string, string>[];
  readonly querys?: readonly Record<string, string>[];
  readonly body?: readonly Record<string, string>[];
}

/** A rule of the transformer: the entries of one part, each with the fields that are given, in the order that GPUStack writes them. */
export function transformRule(operate: string, entries: readonly TransformEntry[], part: string = 'headers', mapSource?: string): TransformRule {
  return compact({ [part]: entries.map(transformEntry), operate, mapSource }) as TransformRule;
}

function transformEntry(entry: TransformEntry): Record<string, string> {
  return compact({
    key: entry.key,
    newKey: entry.newKey,
    oldKey: entry.oldKey,
    fromKey: entry.fromKey,
    toKey: entry.toKey,
    value: entry.value,
    newValue: entry.newValue,
    appendValue: entry.appendValue,
    value_type: entry.valueType,
    strategy: entry.strategy,
    host_pattern: entry.hostPattern,
    path_pattern: entry.pathPattern,
  }) as Record<string, string>;
}
