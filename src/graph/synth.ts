import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { warningsOf, warnNow } from '../core';
import { checkGraph } from './check';
import { Finding, formatFinding } from './finding';
import { Graph, GraphDocument } from './graph';
import { GraphOptions } from './graph-options';
import { formatMutes, IGNORE_ANNOTATION, Mute, parseMutes } from './mutes';
import { Severity } from './rule';

/** Checks all objects of an app: writes warnings to standard error, and returns errors. */
export function checkSynth(root: IConstruct): string[] {
  const { disabled, closed, mutes } = GraphOptions._bookOf(root);
  if (disabled !== undefined) {
    warnNow(root, `the graph of the app is not checked: ${disabled}`);
    return [];
  }
  const objects = new Map(root.node.findAll().filter(isObject).map((object) => [object.node.path, object]));
  const documents = [...objects].flatMap(([path, object]) => documentOf(path, object));
  const { findings, failures } = checkGraph(new Graph(documents, { closed }));
  const warnings = warningsOf(root);
  const reported = findings.filter((finding) => {
    if (isWarnedOf(finding, warnings)) return false;
    const object = objects.get(finding.construct ?? '');
    const mute = object && mutes.find(({ scope, code }) => code === finding.code && isWithin(object, scope));
    if (mute) annotate(object, mute);
    return mute === undefined;
  });
  const of = (wanted: Severity) => reported.filter(({ severity }) => severity === wanted).map((finding: Finding) => formatFinding(finding));
  of(Severity.WARNING).forEach((text) => warnNow(root, text));
  failures.forEach(({ code, error }) => warnNow(root, `${code} could not be checked, which is a mistake of this library: ${(error as Error).stack}`));
  return of(Severity.ERROR);
}

/** Whether the construct of an object, or one that it is in, has warned of it. */
function isWarnedOf({ rule, construct = '' }: Finding, warnings: readonly string[]): boolean {
  if (rule.warnedAs === undefined) return false;
  const paths = warnings.map((line) => new RegExp(`^warning (.*?): ${rule.warnedAs} `).exec(line)?.[1]);
  return paths.some((path) => path !== undefined && (construct === path || construct.startsWith(`${path}/`)));
}

function isObject(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}

function documentOf(path: string, object: ApiObject): GraphDocument[] {
  try {
    return [{ manifest: object.toJson(), origin: { construct: path } }];
  } catch {
    // It fails again, with its own message, when cdk8s writes it.
    return [];
  }
}

function isWithin(construct: IConstruct, scope: IConstruct): boolean {
  return construct.node.scopes.includes(scope);
}

/** Writes the reason where the finding is; what the user wrote there stays. */
function annotate(object: ApiObject, { code, reason }: Mute): void {
  const { mutes, invalid } = parseMutes(annotationOf(object) ?? '');
  if (mutes.some((mute) => mute.code === code)) return;
  object.metadata.addAnnotation(IGNORE_ANNOTATION, [...invalid, formatMutes([...mutes, { code, reason }])].join('; '));
}

function annotationOf(object: ApiObject): string | undefined {
  const { annotations } = object.metadata.toJson() as { annotations?: Record<string, unknown> };
  const value = annotations?.[IGNORE_ANNOTATION];
  return typeof value === 'string' ? value : undefined;
}
