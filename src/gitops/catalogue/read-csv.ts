import type { Mistake } from '../../core';
import type { Row } from './read-row';

interface Line {
  readonly cells: readonly string[];
  readonly number: number;
}

/**
 * The rows of a CSV text (RFC 4180): commas, quotes around cells that hold commas, quotes or line breaks, the names of the columns first.
 * Empty lines, and lines that start with `#`, are passed over.
 */
export function readCsv(text: string, source: string): { rows: Row[]; mistakes: Mistake[] } {
  const lines = linesOf(text.replace(/^\ufeff/, ''));
  if (typeof lines === 'number') return { rows: [], mistakes: [broken(`${source}:${lines}`, 'has a quote that is not closed, or text behind a closed one', 'close it; a quote in a cell is written twice')] };
  const [header, ...rest] = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '') && !cells[0].startsWith('#'));
  if (!header) return { rows: [], mistakes: [broken(source, 'is empty', 'write the names of the columns into the first line')] };
  const names = header.cells.map((name) => name.trim());
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const mistakes = twice.map((name) => broken(`${source}:${header.number} ${name}`, 'is the name of two columns', 'rename or remove one of them'));
  const rows = rest.map(({ cells, number }): Row => {
    const location = `${source}:${number}`;
    if (cells.length !== names.length) mistakes.push(broken(location, `has ${cells.length} cells, and there are ${names.length} columns`, 'add or remove commas; put quotes around a cell with a comma'));
    return { cells: Object.fromEntries(names.map((name, index) => [name, cells[index]])), location };
  });
  return { rows: mistakes.length > 0 ? [] : rows, mistakes };
}

function broken(field: string, problem: string, fix: string): Mistake {
  return { code: 'IGW805', field, problem, fix };
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;

/** The cells of each line, or the number of the line that is broken. */
function linesOf(text: string): Line[] | number {
  const lines: Line[] = [];
  let number = 1;
  let start = 1;
  let cells: string[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length || cells.length > 0) {
    const match = CELL.exec(text);
    if (!match) return number;
    const [whole, quoted, plain, end] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    number += whole.split(/\r\n|\r|\n/).length - 1;
    if (end === ',') continue;
    lines.push({ cells, number: start });
    cells = [];
    start = number;
  }
  return lines;
}
