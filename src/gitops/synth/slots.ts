/** Texts that differ between models that are otherwise the same, longest first, each once. */
export type Slots = readonly string[];

/**
 * The texts among these that are there, and a word that says how they relate. Only for models whose words are the same can one be made from
 * the other by putting the slots of one in place of the other's.
 */
export function slotsOf(texts: readonly string[]): { readonly slots: Slots; readonly relation: string } {
  const slots = [...new Set(texts)].filter((text) => text !== '').sort((a, b) => b.length - a.length || texts.indexOf(a) - texts.indexOf(b));
  const nested = slots.flatMap((outer, index) => slots.slice(index + 1).map((inner) => (outer.includes(inner) ? 1 : 0)));
  return { slots, relation: `${texts.map((text) => slots.indexOf(text)).join()} ${nested.join('')} ${slots.map(charactersOf).join()}` };
}

/** What kinds of characters a name has beside small letters: some places take fewer than others. */
export function charactersOf(text: string): string {
  const odd = [...new Set(text.replace(/[a-z0-9-]/g, '').replace(/[A-Z]/g, 'A'))].sort().join('');
  return `${/^\d/.test(text) ? '0' : ''}${/\d$/.test(text) ? '9' : ''}${odd}`;
}

/** Text with marks in place of the slots. Marks are control characters, which JSON and YAML write in another way. */
export function markSlots(text: string, slots: Slots): string {
  let marked = text;
  for (let index = 0; index < slots.length; index++) {
    if (marked.includes(slots[index])) marked = marked.replaceAll(slots[index], String.fromCharCode(index + 1));
  }
  return marked;
}
