import { relative } from 'node:path';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { allRules } from '../check';
import type { Finding } from '../finding';
import type { GraphObject } from '../graph-object';
import { GraphRule, Severity } from '../rule';
import { linesOf, Report, ReportLine } from './report';
import { messageOf } from './text-report';
import { UNREAD } from './unread';

const LEVELS = { [Severity.ERROR]: 'error', [Severity.WARNING]: 'warning', [Severity.INFO]: 'note' } as const;
const PAGES = 'https://github.com/cdk8s-inference-gateway/cdk8s-inference-gateway/blob/main/docs/rules';

/** SARIF 2.1.0, which code scanning services read. Muted findings are in it, as suppressed. */
export function sarifReport(report: Report, version: string): string {
  const rules = [...allRules(), UNREAD].sort((a, b) => (a.code < b.code ? -1 : 1));
  const indexes = new Map(rules.map(({ code }, index) => [code, index]));
  const result = (line: ReportLine): Result => resultOf(line, indexes.get(line.code) ?? -1);
  const muted = report.muted.map(({ finding, reason }): Result => ({
    ...result(linesOf({ ...report, unread: [], findings: [finding] }, describe)[0]),
    suppressions: [{ kind: 'inSource', justification: reason }],
  }));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'inference-gateway',
          semanticVersion: version,
          informationUri: 'https://github.com/cdk8s-inference-gateway/cdk8s-inference-gateway',
          rules: rules.map(descriptorOf),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: [...linesOf(report, describe).map(result), ...muted],
      invocations: [{
        executionSuccessful: report.failures.length === 0,
        toolExecutionNotifications: report.failures.map(({ code, error }) => ({ level: 'error', message: { text: `${code} failed: ${error}` } })),
      }],
    }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function describe(finding: Finding): string {
  return `${finding.object}: ${messageOf(finding)}`;
}

function descriptorOf({ code, title, severity, symptom, breaks }: Omit<GraphRule, 'check'>): ReportingDescriptor {
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: `${symptom} ${breaks}` },
    helpUri: `${PAGES}/${code}.md`,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf({ code, severity, file, line, column, message, finding }: ReportLine, ruleIndex: number): Result {
  const physicalLocation = file === undefined ? {} : {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
    },
  };
  const logical = finding ? { logicalLocations: [{ fullyQualifiedName: finding.construct ?? `${finding.object}`, kind: 'resource' }] } : {};
  return {
    ruleId: code,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: LEVELS[severity],
    message: { text: message },
    locations: [{ ...physicalLocation, ...logical }],
    ...(finding ? { partialFingerprints: { 'object/v1': fingerprintOf(finding.object, code) } } : {}),
  };
}

/** The same object and rule are the same finding, also when lines above move it. */
function fingerprintOf({ key }: GraphObject, code: string): string {
  return `${code} ${key}`;
}

function uriOf(file: string): string {
  return relative('.', file).replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
