import type { PlacedManifest } from '../../core';
import type { PlainModel } from '../../model';
import type { ObjectEmitter } from './object-emitter';

/** Texts that are kept until a fleet is written; what is beyond is rendered again. */
const MOST_BYTES = 128 * 1024 * 1024;

const SEPARATOR = '---\n';

/** A model of a fleet: its plan, unless its text is kept. */
export interface PlannedEntry {
  readonly plan?: PlainModel;
}

/** The YAML of models, rendered once as long as there is room for it. */
export class FleetTexts {
  private readonly kept = new Map<PlannedEntry, Buffer>();
  private room = MOST_BYTES;

  public constructor(private readonly emitter: ObjectEmitter) {}

  /** Keeps the text of a model; false when there is no room, or when it has tokens, which are resolved at the end. */
  public keep(entry: PlannedEntry, objects: readonly PlacedManifest[]): boolean {
    if (this.room <= 0) return false;
    let text = '';
    for (const object of objects) {
      const document = this.emitter.emitPlain(object);
      if (document === undefined) return false;
      text += text === '' ? document : SEPARATOR + document;
    }
    const bytes = Buffer.from(text);
    this.room -= bytes.length;
    this.kept.set(entry, bytes);
    return true;
  }

  /** The documents of a model. */
  public take(entry: PlannedEntry): Buffer {
    return this.kept.get(entry) ?? Buffer.from(entry.plan!.objects().map((object) => this.emitter.emit(object)).join(SEPARATOR));
  }
}
