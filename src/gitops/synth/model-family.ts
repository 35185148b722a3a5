import { ModelNames } from '../../model';
import type { Slots } from './slots';
import { TextTemplate } from './text-template';

/** A member of a family, rendered for itself. */
export interface Rendered {
  readonly slots: Slots;
  /** The YAML. */
  readonly documents: string;
  /** The keys of the objects. */
  readonly keys: readonly string[];
  readonly modelName: string;
}

/**
 * Models that are made from the same but for their slots. The first two are rendered for themselves: what the second says proves the slots in
 * which it differs from the first. A name that is longer than any before is rendered for itself too, since lengths have limits.
 */
export class ModelFamily {
  public readonly documents: TextTemplate;
  private readonly keys: TextTemplate;
  private readonly modelName: TextTemplate;
  private readonly proven = new Set<number>();
  private readonly longest: number[];
  private isBroken = false;

  public constructor(private readonly first: Rendered) {
    this.documents = new TextTemplate(first.documents, first.slots);
    this.keys = new TextTemplate(first.keys.join('\n'), first.slots);
    this.modelName = new TextTemplate(first.modelName, first.slots);
    this.longest = first.slots.map(({ length }) => length);
  }

  /** Whether all is known of a model with these slots. */
  public fits(slots: Slots): boolean {
    if (this.isBroken) return false;
    return slots.every((slot, index) => slot.length <= this.longest[index] && (this.proven.has(index) || slot === this.first.slots[index]));
  }

  /** Compares with a model that was rendered; false when it is not what the others say. */
  public prove({ slots, documents, keys, modelName }: Rendered): boolean {
    if (this.isBroken) return false;
    if (this.documents.fill(slots) !== documents || this.keys.fill(slots) !== keys.join('\n') || this.modelName.fill(slots) !== modelName) {
      this.isBroken = true;
      return false;
    }
    slots.forEach((slot, index) => {
      if (slot !== this.first.slots[index]) this.proven.add(index);
      this.longest[index] = Math.max(this.longest[index], slot.length);
    });
    return true;
  }

  public keysOf(slots: Slots): string[] {
    return this.keys.fill(slots).split('\n');
  }

  public namesOf(name: string, namespace: string, slots: Slots): ModelNames {
    return { name, namespace, modelName: this.modelName.fill(slots) };
  }
}
