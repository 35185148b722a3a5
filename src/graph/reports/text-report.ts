import { styleText } from 'node:util';
import { formatMistake } from '../../core';
import { HIDDEN, isSecretPlace } from '../confidential';
import type { Finding } from '../finding';
import { placeOf } from '../finding';
import { formatPath } from '../json';
import { Severity } from '../rule';
import { onOneLine } from '../visible';
import { countsOf, linesOf, Report, ReportLine } from './report';

const COLOURS = { [Severity.ERROR]: 'red', [Severity.WARNING]: 'yellow', [Severity.INFO]: 'cyan' } as const;
const LONGEST_QUOTE = 150;

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;
/** The text of a line of a file. */
type Quote = (file: string, line: number) => string | undefined;

/** For people: findings below the object they are about, with the line of the file, what breaks and where to read on. */
export function textReport(report: Report, { colour }: { readonly colour: boolean }): string {
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const quote = quoting(report);
  const lines: string[] = [];
  let about = '';
  for (const line of linesOf(report, messageOf)) {
    const subject = subjectOf(line);
    if (subject !== about) lines.push(...(about ? [''] : []), paint('bold', subject));
    about = subject;
    lines.push(...blockOf(line, paint, quote));
  }
  for (const { code, error } of report.failures) {
    lines.push(onOneLine(`${code} failed, which is a mistake of ours: ${error instanceof Error ? error.message : String(error)}`));
  }
  return [...lines, ...(lines.length > 0 ? [''] : []), summaryOf(report), ''].join('\n');
}

/** The mistake in the words of other messages. */
export function messageOf(finding: Finding): string {
  const { code, field, problem, allowed, fix } = finding;
  const text = formatMistake({ code, field: formatPath(field), problem, allowed, fix, ...('value' in finding ? { value: finding.value } : {}) });
  return text.slice(code.length + 1);
}

function subjectOf({ file, finding }: ReportLine): string {
  if (!finding) return onOneLine(file!);
  const { object, construct } = finding;
  return onOneLine([`${object}`, file ?? construct].filter(Boolean).join('  '));
}

function blockOf(line: ReportLine, paint: Paint, quote: Quote): string[] {
  const { code, severity, file, line: number, column, message, finding } = line;
  const place = file === undefined ? '' : `${onOneLine([file, number, column].filter(Boolean).join(':'))}: `;
  return [
    `  ${place}${paint(COLOURS[severity], severity)} ${paint('bold', code)} ${message}`,
    ...quoteOf(line, quote).map((text) => `      ${paint('dim', text)}`),
    ...(finding?.related ?? []).map(({ object, field, note }) => onOneLine(`      see ${placeOf(object, field) || object}: ${note}`)),
    ...(finding && severity !== Severity.INFO ? [`      ${finding.rule.symptom}`] : []),
  ];
}

/** The line of the file, with a mark below the field. A line that may hold a secret is not shown. */
function quoteOf({ file, line, column = 1, finding }: ReportLine, quote: Quote): string[] {
  if (file === undefined || line === undefined) return [];
  if (finding && (finding.value === HIDDEN || isSecretPlace(finding.object, finding.field))) return [];
  const text = quote(file, line)?.replace(/\r$/, '');
  if (text === undefined || text.trim() === '') return [];
  const gutter = String(line);
  const shown = onOneLine(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
  return [`${gutter} | ${shown}`, ...(column <= LONGEST_QUOTE ? [`${' '.repeat(gutter.length)} | ${' '.repeat(column - 1)}^`] : [])];
}

/** Each file is taken apart once, however many findings it has. */
function quoting({ sourceOf }: Report): Quote {
  const known = new Map<string, readonly string[]>();
  return (file, line) => {
    const lines = known.get(file) ?? sourceOf(file)?.split('\n') ?? [];
    known.set(file, lines);
    return lines[line - 1];
  };
}

function summaryOf(report: Report): string {
  const { error, warning, info } = countsOf(report);
  const found = [many(error, 'error'), many(warning, 'warning'), ...(info > 0 ? [many(info, 'note')] : [])].join(', ');
  const muted = report.muted.length > 0 ? `; ${report.muted.length} muted` : '';
  const more = error + warning > 0 ? '; `inference-gateway explain CODE` says more' : '';
  return `${found} in ${many(report.objects, 'object')} of ${many(report.files, 'file')}${muted}${more}`;
}

function many(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
