import type { CheckResult, MutedFinding } from '../check';
import type { Finding, RuleFailure } from '../finding';
import { compare } from '../graph';
import type { UnreadDocument } from '../read-yaml';
import { Severity } from '../rule';
import { onOneLine } from '../visible';
import { UNREAD } from './unread';

/** What a check of files gave, for people and programs. */
export interface Report {
  readonly files: number;
  readonly objects: number;
  readonly findings: readonly Finding[];
  readonly muted: readonly MutedFinding[];
  readonly unread: readonly UnreadDocument[];
  readonly failures: readonly RuleFailure[];
  /** The text of a file that was read, to quote from. */
  readonly sourceOf: (file: string) => string | undefined;
}

export function reportOf(result: CheckResult, read: Omit<Report, keyof CheckResult>): Report {
  return { ...read, ...result };
}

/** How often each severity was found; what could not be read is an error. */
export function countsOf({ findings, unread }: Report): Record<Severity, number> {
  const counts = { [Severity.ERROR]: unread.length, [Severity.WARNING]: 0, [Severity.INFO]: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

/** One line of a report, whichever it is about: the part that all formats have in common. */
export interface ReportLine {
  readonly code: string;
  readonly severity: Severity;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  readonly finding?: Finding;
}

/** Unread documents and findings by file and line. */
export function linesOf(report: Report, messageOf: (finding: Finding) => string): ReportLine[] {
  const unread = report.unread.map(({ file, line, column, problem, fix }): ReportLine => (
    { code: UNREAD.code, severity: Severity.ERROR, file, line, column, message: onOneLine(`${problem}; ${fix ?? 'correct the file'}`) }));
  const found = report.findings.map((finding): ReportLine => {
    const { code, severity, file, position } = finding;
    return { code, severity, file, line: position?.line, column: position?.column, message: onOneLine(messageOf(finding)), finding };
  });
  return [...unread, ...found].sort((a, b) => compare(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0));
}
