import type { PlacedManifest } from '../../core';
import type { PlainModel } from '../../model';
import type { ObjectEmitter } from './object-emitter';

/** Texts that are kept between the check of a fleet and its writing; what is beyond is rendered again. */
const MOST_BYTES = 128 * 1024 * 1024;

/** The YAML of models, rendered once as long as there is room for it. */
export class FleetTexts {
  private readonly kept = new Map<PlainModel, Buffer>();
  private room = MOST_BYTES;

  public constructor(private readonly emitter: ObjectEmitter) {}

  /** Keeps the text of objects that are at hand anyway. */
  public keep(model: PlainModel, objects: readonly PlacedManifest[]): void {
    if (this.room <= 0) return;
    const text = Buffer.from(this.textOf(objects));
    this.room -= text.length;
    this.kept.set(model, text);
  }

  /** The documents of a model. */
  public take(model: PlainModel): Buffer {
    return this.kept.get(model) ?? Buffer.from(this.textOf(model.objects()));
  }

  private textOf(objects: readonly PlacedManifest[]): string {
    let text = '';
    for (const object of objects) text += text === '' ? this.emitter.emit(object) : `---\n${this.emitter.emit(object)}`;
    return text;
  }
}
