import type { Mistake } from '../core';
import {
  TransformAdd, TransformAppend, TransformDedupe, DedupeStrategy, TransformMap, TransformMapOptions, TransformRename, TransformReplace,
  TransformEntry, TransformOperation, TransformOptions, TransformPart,
} from './header-transform-options';
import { TransformRule, transformRule } from './manifests/transform-rule';
import { checkTransform, noticesOfTransform } from './validation/check-transform';

/**
 * One step of the plugin `transformer`: it changes headers, the query or the body of requests or answers. Steps run in the order they are
 * given. Names of headers are taken in lower case; pseudo headers such as `:path` and `:authority` can be used.
 *
 * `HigressPlugin.transformer` takes them.
 *
 * Source: alibaba/higress v2.2.1 plugins/wasm-go/extensions/transformer. The plugin checks neither that the fields fit the operation nor
 * its name, and leaves out all rules after one that is wrong; here these are errors.
 *
 * Errors, raised by the plugin that takes it: IGW705. Warnings: IGW708 for fields that have no effect.
 */
export class HeaderTransform {
  /** Removes keys. */
  public static remove(keys: string[], options: TransformOptions = {}): HeaderTransform {
    return HeaderTransform.of(TransformOperation.REMOVE, keys.map((key) => ({ key })), options);
  }

  /** Renames keys. */
  public static rename(entries: TransformRename[], options: TransformOptions = {}): HeaderTransform {
    return HeaderTransform.of(TransformOperation.RENAME, entries, options);
  }

  /** Replaces values, and adds the key where there is none. */
  public static replace(entries: TransformReplace[], options: TransformOptions = {}): HeaderTransform {
    return HeaderTransform.of(TransformOperation.REPLACE, entries, options);
  }

  /** Adds keys where there are none. */
  public static add(entries: TransformAdd[], options: TransformOptions = {}): HeaderTransform {
    return HeaderTransform.of(TransformOperation.ADD, entries, options);
  }

  /** Adds one more value to keys. */
  public static append(entries: TransformAppend[], options: TransformOptions = {}): HeaderTransform {
    return HeaderTransform.of(TransformOperation.APPEND, entries, options);
  }

  /** Gives keys the values of others, also of another part. */
  public static map(entries: TransformMap[], options: TransformMapOptions = {}): HeaderTransform {
    return HeaderTransform.of(TransformOperation.MAP, entries, options);
  }

  /** Keeps few of several values. */
  public static dedupe(entries: TransformDedupe[], options: TransformOptions = {}): HeaderTransform {
    const strategy = DedupeStrategy.RETAIN_FIRST;
    return HeaderTransform.of(TransformOperation.DEDUPE, entries.map((entry) => ({ strategy, ...entry })), options);
  }

  /** A step in the words of the plugin. Fields that the operation does not read are errors, but for patterns and value types: those warn. */
  public static of(operation: TransformOperation, entries: TransformEntry[], options: TransformMapOptions = {}): HeaderTransform {
    return new HeaderTransform(operation, entries, options.part ?? TransformPart.HEADERS, options.source);
  }

  private readonly operation: TransformOperation;
  private readonly entries: readonly TransformEntry[];
  private readonly part: TransformPart;
  private readonly source?: TransformPart;

  private constructor(operation: TransformOperation, entries: readonly TransformEntry[], part: TransformPart, source: TransformPart | undefined) {
    this.operation = operation;
    this.entries = entries;
    this.part = part;
    this.source = source;
  }

  /** @internal */
  public _rule(): TransformRule {
    return transformRule(this.operation, this.entries, this.part, this.source);
  }

  /** @internal */
  public _mistakes(field: string, ofAnswers: boolean): Mistake[] {
    return checkTransform(field, { operation: this.operation, entries: this.entries, part: this.part, source: this.source, ofAnswers });
  }

  /** @internal */
  public _notices(field: string): Mistake[] {
    return noticesOfTransform(field, { operation: this.operation, entries: this.entries, part: this.part });
  }
}
