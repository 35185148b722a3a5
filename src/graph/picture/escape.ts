import { visible } from '../visible';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text or an attribute of XML or HTML. */
export function xml(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** JSON that can stand in a script element: nothing in it ends the element or starts a comment. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Shortens text in its middle, where names that look alike differ least, to about a width in pixels. */
export function fitted(text: string, width: number, size: number): string {
  const characters = [...visible(text).replace(/\s+/g, ' ')];
  const room = width / size;
  const widths = characters.map(wide);
  if (sum(widths) <= room) return characters.join('');
  const half = (room - 0.8) / 2;
  let [start, end, left, right] = [0, characters.length, 0, 0];
  while (start < characters.length && left + widths[start] <= half) left += widths[start++];
  while (end > start && right + widths[end - 1] <= half) right += widths[--end];
  return `${characters.slice(0, start).join('')}…${characters.slice(end).join('')}`;
}

/** About how wide a text is, in pixels. */
export function widthOf(text: string, size: number): number {
  return sum([...text].map(wide)) * size;
}

/** About how wide a character of a sans-serif font is, in parts of its size. */
function wide(character: string): number {
  const code = character.codePointAt(0)!;
  if (code >= 0x1100) return 1.05;
  if (/[MW@mw%]/.test(character)) return 0.92;
  if (/[A-Z]/.test(character)) return 0.71;
  if (/[iIjlt.,:;|!'()[\]\-/ fr]/.test(character)) return 0.4;
  return 0.62;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
