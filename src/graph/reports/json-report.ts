import type { Finding } from '../finding';
import type { GraphObject } from '../graph-object';
import { formatPath } from '../json';
import { countsOf, Report } from './report';

/** For programs: everything that is known of every finding. Fields are only ever added. */
export function jsonReport(report: Report): string {
  const { files, objects, findings, muted, unread, failures } = report;
  return `${JSON.stringify({
    version: 1,
    summary: { files, objects, ...countsOf(report), muted: muted.length },
    findings: findings.map(plain),
    muted: muted.map(({ finding, reason }) => ({ ...plain(finding), reason })),
    unread,
    ...(failures.length > 0 ? { failures: failures.map(({ code, error }) => ({ code, error: String(error) })) } : {}),
  }, undefined, 2)}\n`;
}

function plain(finding: Finding): object {
  const { code, severity, rule, object, field, value, problem, allowed, fix, file, position, construct, related } = finding;
  return {
    code,
    severity,
    title: rule.title,
    object: nameOf(object),
    field: formatPath(field),
    value,
    problem,
    allowed,
    fix,
    breaks: rule.breaks,
    symptom: rule.symptom,
    source: rule.source,
    file,
    line: position?.line,
    column: position?.column,
    construct,
    related: related?.map((place) => ({ object: nameOf(place.object), field: formatPath(place.field), note: place.note })),
  };
}

function nameOf({ apiVersion, kind, namespace, name }: GraphObject): object {
  return { apiVersion, kind, namespace, name };
}
