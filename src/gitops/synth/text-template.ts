import type { Slots } from './slots';

/** A text with slots, made from the text of one model. */
export class TextTemplate {
  /** What stands between the slots, in turn with the indices of slots. */
  private readonly constants: string[] = [];
  private readonly order: number[] = [];
  private bytes?: { readonly constants: Buffer[]; readonly size: number };

  public constructor(text: string, slots: Slots) {
    const pattern = new RegExp(`(${slots.map((slot) => slot.replace(/[^\w]/g, '\\$&')).join('|')})`);
    text.split(pattern).forEach((part, index) => {
      if (index % 2 === 0) this.constants.push(part);
      else this.order.push(slots.indexOf(part));
    });
  }

  public fill(slots: Slots): string {
    let text = this.constants[0];
    for (let index = 0; index < this.order.length; index++) text += slots[this.order[index]] + this.constants[index + 1];
    return text;
  }

  /** The same as UTF-8; slots are ASCII. */
  public fillBytes(slots: Slots): Buffer {
    this.bytes ??= bytesOf(this.constants);
    const { constants, size } = this.bytes;
    const { order } = this;
    const filler = slots.map((slot) => Buffer.from(slot, 'latin1'));
    let length = size;
    for (const slot of order) length += filler[slot].length;
    const result = Buffer.allocUnsafe(length);
    let position = 0;
    for (let index = 0; index < constants.length; index++) {
      result.set(constants[index], position);
      position += constants[index].length;
      if (index === order.length) break;
      result.set(filler[order[index]], position);
      position += filler[order[index]].length;
    }
    return result;
  }
}

function bytesOf(texts: readonly string[]): { constants: Buffer[]; size: number } {
  const constants = texts.map((text) => Buffer.from(text));
  return { constants, size: constants.reduce((sum, { length }) => sum + length, 0) };
}
