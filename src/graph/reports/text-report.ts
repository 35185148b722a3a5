import { styleText } from 'node:util';
import { formatMistake } from '../../core';
import type { Finding } from '../finding';
import { placeOf } from '../finding';
import { formatPath } from '../json';
import { Severity } from '../rule';
import { countsOf, linesOf, Report, ReportLine } from './report';

const COLOURS = { [Severity.ERROR]: 'red', [Severity.WARNING]: 'yellow', [Severity.INFO]: 'cyan' } as const;
const LONGEST_QUOTE = 150;

type Style = Parameters<typeof styleText>[0];

/** For people: findings below the object they are about, with the line of the file, what breaks and where to read on. */
export function textReport(report: Report, { colour }: { readonly colour: boolean }): string {
  const paint = (style: Style, text: string) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const lines: string[] = [];
  let about = '';
  for (const line of linesOf(report, messageOf)) {
    const subject = subjectOf(line);
    if (subject !== about) lines.push(...(about ? [''] : []), paint('bold', subject));
    about = subject;
    lines.push(...blockOf(report, line, paint));
  }
  for (const { code, error } of report.failures) {
    lines.push(`${code} failed, which is a mistake of ours: ${error instanceof Error ? error.message : String(error)}`);
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
  if (!finding) return file!;
  const { object, construct } = finding;
  return [`${object}`, file ?? construct].filter(Boolean).join('  ');
}

function blockOf(report: Report, line: ReportLine, paint: (style: Style, text: string) => string): string[] {
  const { code, severity, file, line: number, column, message, finding } = line;
  const place = file === undefined ? '' : `${file}${number ? `:${number}${column ? `:${column}` : ''}` : ''}: `;
  return [
    `  ${place}${paint(COLOURS[severity], severity)} ${paint('bold', code)} ${message}`,
    ...quoteOf(report, line).map((text) => `      ${paint('dim', text)}`),
    ...(finding?.related ?? []).map(({ object, field, note }) => `      see ${placeOf(object, field) || object}: ${note}`),
    ...(finding && severity !== Severity.INFO ? [`      ${finding.rule.symptom}`] : []),
  ];
}

/** The line of the file, with a mark below the field. */
function quoteOf({ sourceOf }: Report, { file, line, column = 1 }: ReportLine): string[] {
  if (file === undefined || line === undefined) return [];
  const text = sourceOf(file)?.split('\n', line)[line - 1]?.replace(/\r$/, '');
  if (text === undefined || text.trim() === '') return [];
  const gutter = String(line);
  const shown = printable(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
  return [`${gutter} | ${shown}`, ...(column <= LONGEST_QUOTE ? [`${' '.repeat(gutter.length)} | ${' '.repeat(column - 1)}^`] : [])];
}

/** Control characters could rewrite the terminal. */
function printable(text: string): string {
   
  return text.replaceAll('\t', ' ').replace(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD');
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
