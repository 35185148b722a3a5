import { Construct } from 'constructs';
import { markSlots, Slots } from './slots';

/** Deeper than this, objects are told apart by what they are. */
const DEEPEST = 12;

/** Says what models are made from, but for their slots: the same text for models that are the same but for those. */
export class ShapeKeys {
  private readonly numbers = new WeakMap<object, number>();
  private count = 0;

  public keyOf(value: unknown, slots: Slots): string {
    return this.textOf(value, slots, 0);
  }

  private textOf(value: unknown, slots: Slots, depth: number): string {
    if (typeof value === 'string') return markSlots(JSON.stringify(value), slots);
    if (typeof value !== 'object' || value === null) return this.identityOf(value);
    if (depth > DEEPEST || Construct.isConstruct(value)) return this.identityOf(value);
    if (Array.isArray(value)) {
      let list = '[';
      for (const item of value) list += `${this.textOf(item, slots, depth + 1)},`;
      return `${list}]`;
    }
    // What is in a collection cannot be seen from outside.
    if (value instanceof Map || value instanceof Set || value instanceof Date) return this.identityOf(value);
    const prototype = Object.getPrototypeOf(value) as object | null;
    let map = prototype === Object.prototype || prototype === null ? '{' : `${this.identityOf(prototype)}{`;
    for (const key of Object.keys(value)) map += `${JSON.stringify(key)}:${this.textOf((value as Record<string, unknown>)[key], slots, depth + 1)},`;
    return `${map}}`;
  }

  private identityOf(value: unknown): string {
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') return Object.is(value, -0) ? '-0' : String(value);
    let number = this.numbers.get(value);
    if (number === undefined) {
      number = ++this.count;
      this.numbers.set(value, number);
    }
    return `#${number}`;
  }
}
