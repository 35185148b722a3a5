import { GatewayImplementation } from '../gateway';
import { checkGraph, countsOf, githubReport, Graph, jsonReport, Report, reportOf, sarifReport, Severity, textReport } from '../graph';
import type { EndpointPickerRuntime } from '../pool';
import { CommandError, MISTAKE, USAGE } from './command-error';
import type { Terminal } from './main';
import { readInput } from './read-input';

export interface LintCommandOptions {
  readonly format: LintFormat;
  readonly namespace?: string;
  readonly closed?: boolean;
  readonly implementation?: string;
  readonly runtime?: EndpointPickerRuntime;
  readonly color?: boolean;
  readonly maxWarnings?: number;
  readonly notes?: boolean;
}

export const LINT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;
export type LintFormat = typeof LINT_FORMATS[number];

/** Checks the manifests of files, folders or standard input, and prints what is wrong. Returns the exit status. */
export function runLint(paths: readonly string[], options: LintCommandOptions, terminal: Terminal, version: string): number {
  const { namespace, closed, implementation, runtime, maxWarnings = Infinity, notes = false } = options;
  const input = readInput(paths, terminal);
  if (input.documents.length === 0 && input.unread.length === 0) {
    throw new CommandError(`${paths.join(', ')}: holds no Kubernetes object, so there is nothing to check`, USAGE);
  }
  const graph = new Graph(input.documents, {
    namespace,
    closed,
    implementation: implementation === undefined ? undefined : GatewayImplementation.fromGatewayClassName(implementation),
    runtime: runtime?._build,
  });
  const result = checkGraph(graph);
  const findings = result.findings.filter(({ severity }) => notes || severity !== Severity.INFO);
  const report = reportOf({ ...result, findings }, { ...input, objects: graph.objects.length });
  terminal.out(format(report, options, terminal, version));
  if (report.failures.length > 0) return USAGE;
  const { error, warning } = countsOf(report);
  return error > 0 || warning > maxWarnings ? MISTAKE : 0;
}

function format(report: Report, { format: name, color }: LintCommandOptions, terminal: Terminal, version: string): string {
  switch (name) {
    case 'json': return jsonReport(report);
    case 'sarif': return sarifReport(report, version);
    case 'github': return githubReport(report);
    case 'text': return textReport(report, { colour: color ?? terminal.colour ?? false });
  }
}
