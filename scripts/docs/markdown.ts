/** A fenced code block that the page's author wrote. */
export interface CodeBlock {
  readonly language: string;
  /** The words after the language: `no-run` for example. */
  readonly flags: readonly string[];
  /** Number of its first line in the page, from 1. */
  readonly line: number;
  readonly text: string;
}

/** A part of a page that is filled in: everything between `<!-- output: … -->` and `<!-- end -->`. */
export interface Output {
  /** What stands in the marker, `objects` for example. */
  readonly request: string;
  /** Indexes of the lines of the two markers. */
  readonly start: number;
  readonly end: number;
  /** The code block before it. */
  readonly block?: CodeBlock;
}

export interface Page {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly blocks: readonly CodeBlock[];
  readonly outputs: readonly Output[];
}

const FENCE = /^\s*```(\w*)(.*)$/;
const OUTPUT = /^<!-- output: (.*) -->$/;
const END = '<!-- end -->';

/** Takes a page apart; what is filled in is not looked into. */
export function parsePage(path: string, text: string): Page {
  const lines = text.split('\n');
  const blocks: CodeBlock[] = [];
  const outputs: Output[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, request] = OUTPUT.exec(lines[index]) ?? [];
    const [, language, rest] = FENCE.exec(lines[index]) ?? [];
    if (request !== undefined) {
      const end = lines.indexOf(END, index);
      if (end < 0) throw new Error(`${path}:${index + 1}: the output has no ${END}`);
      outputs.push({ request, start: index, end, block: blocks.at(-1) });
      index = end;
    } else if (language !== undefined) {
      const end = lines.findIndex((line, at) => at > index && line.trim() === '```');
      if (end < 0) throw new Error(`${path}:${index + 1}: the code block has no end`);
      blocks.push({ language, flags: rest.split(/\s+/).filter(Boolean), line: index + 2, text: lines.slice(index + 1, end).join('\n') });
      index = end;
    }
  }
  return { path, lines, blocks, outputs };
}

/** The page with its outputs filled in. */
export function fillIn({ lines, outputs }: Page, outputOf: (output: Output) => string): string {
  const result = [...lines];
  for (const output of [...outputs].reverse()) {
    result.splice(output.start + 1, output.end - output.start - 1, '', outputOf(output), '');
  }
  return result.join('\n');
}

export function fenced(language: string, text: string): string {
  return ['```' + language, text.replace(/\n$/, ''), '```'].join('\n');
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The `id` that a heading gets on GitHub. */
export function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-');
}
