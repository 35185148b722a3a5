import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { forgetRendered, PlainObject, PlainObjects, plainObjectSources, renderedObject, RestOfApp, warningsOf, warnNow } from '../core';
import { checkGraph } from './check';
import { Finding, formatFinding } from './finding';
import { Graph, GraphDocument } from './graph';
import type { GraphObject } from './graph-object';
import { GraphOptions } from './graph-options';
import { formatPath } from './json';
import { formatMutes, IGNORE_ANNOTATION, Mute, parseMutes } from './mutes';
import { Severity } from './rule';

/** Checks all objects of an app: writes warnings to standard error, and returns errors. */
export function checkSynth(root: IConstruct): string[] {
  const { disabled, closed, mutes, lenient } = GraphOptions._bookOf(root);
  if (disabled !== undefined) {
    warnNow(root, `the graph of the app is not checked: ${disabled}`);
    return [];
  }
  const sources = plainObjectSources(root);
  const muted = new Set(mutes.map(({ scope }) => scope));
  const covered = sources.map((source) => source.covered?.(muted) ?? new Set());
  const isCovered = (object: ApiObject) => covered.some((objects) => objects.has(object));
  const placed = root.node.findAll().filter(isObject).filter((object) => !isCovered(object)).flatMap((object) => placedOf(object));
  const rest: RestOfApp = { objects: placed.map(({ document }) => document.manifest as PlainObject['manifest']), muted };
  const isWarnedOf = warned(warningsOf(root));
  const said = new Set<string>();
  const errors: string[] = [];
  for (const set of setsOf(placed, sources.map((source) => source.take(rest)))) {
    const places = new Map<unknown, Placed>(set.map((one) => [one.document.manifest, one]));
    const placeOf = ({ manifest }: GraphObject) => places.get(manifest);
    const { findings, failures } = checkGraph(new Graph(set.map(({ document }) => document), { closed }));
    const reported = findings.filter((finding) => {
      const place = placeOf(finding.object);
      if (place && isWarnedOf(finding, place.scope)) return false;
      const mute = place && mutes.find(({ scope, code }) => code === finding.code && isWithin(place.scope, scope));
      if (mute) place.mute(mute);
      return mute === undefined;
    }).filter((finding) => isFirst(finding, placeOf(finding.object)));
    const severityOf = ({ code, severity }: Finding) => (severity === Severity.ERROR && lenient.has(code) ? Severity.WARNING : severity);
    const of = (wanted: Severity) => reported.filter((finding) => severityOf(finding) === wanted).map((finding: Finding) => formatFinding(finding));
    of(Severity.WARNING).forEach((text) => warnNow(root, text));
    failures.forEach(({ code, error }) => warnNow(root, `${code} could not be checked, which is a mistake of this library: ${(error as Error).stack}`));
    of(Severity.ERROR).filter((text) => !said.has(text)).forEach((text) => {
      said.add(text);
      errors.push(text);
    });
  }
  return errors;
}

/** Tells whether the construct of an object, or one that it is in, has warned of a finding. */
function warned(warnings: readonly string[]): (finding: Finding, scope: IConstruct) => boolean {
  const pathsByCode = new Map<string, Set<string>>();
  for (const line of warnings) {
    const [, path, code] = /^warning (.*?): (IGW[0-9]+) /.exec(line) ?? [];
    if (code) pathsByCode.set(code, (pathsByCode.get(code) ?? new Set()).add(path));
  }
  return ({ rule }, scope) => {
    const paths = rule.warnedAs === undefined ? undefined : pathsByCode.get(rule.warnedAs);
    return paths !== undefined && scope.node.scopes.some(({ node }) => paths.has(node.path));
  };
}

/** An object of the graph, and what stands for it in the app. */
interface Placed {
  readonly document: GraphDocument;
  readonly scope: IConstruct;
  /** What is known of objects that are alike. */
  readonly alike?: Alike;
  mute(mute: Mute): void;
}

interface Alike {
  /** The object of which a problem was reported. */
  reported?: Map<string, GraphObject>;
  mutes?: Mute[];
}

/** More objects than this are checked in turns, each with all objects of constructs. */
const MOST_PLAIN = 5_000;

/** All objects that have constructs, and those that have none. */
function* setsOf(placed: readonly Placed[], plain: readonly PlainObjects[]): Generator<readonly Placed[]> {
  const known = new WeakMap<object, Alike>();
  const always = [...placed, ...plain.flatMap((source) => source.always.map((object) => placedPlain(object, known)))];
  // As many as there are in every turn, at least: the whole stays linear.
  const most = Math.max(MOST_PLAIN, always.length);
  let set: Placed[] = [];
  let isChecked = false;
  for (const { others } of plain) {
    for (const objects of others) {
      if (set.length > 0 && set.length + objects.length > most) {
        yield [...always, ...set];
        isChecked = true;
        set = [];
      }
      set.push(...objects.map((object) => placedPlain(object, known)));
    }
  }
  if (set.length > 0 || !isChecked) yield [...always, ...set];
}

function placedPlain({ manifest, owner, place, alike: key, annotate: write }: PlainObject, known: WeakMap<object, Alike>): Placed {
  const alike = known.get(key) ?? {};
  known.set(key, alike);
  return {
    document: { manifest, origin: { construct: place } },
    scope: owner,
    alike,
    mute: (mute) => {
      alike.mutes ??= [];
      if (!alike.mutes.some(({ code }) => code === mute.code)) alike.mutes.push(mute);
      write(IGNORE_ANNOTATION, withMutes(manifest.metadata.annotations?.[IGNORE_ANNOTATION], alike.mutes));
    },
  };
}

/** Whether the same was not reported of another object that is alike. */
function isFirst({ code, field, object }: Finding, place: Placed | undefined): boolean {
  if (!place?.alike) return true;
  const reported = place.alike.reported ??= new Map();
  const key = `${code} ${formatPath(field)}`;
  if (!reported.has(key)) reported.set(key, object);
  return reported.get(key) === object;
}

function isObject(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}

function placedOf(object: ApiObject): Placed[] {
  try {
    const document = { manifest: renderedObject(object), origin: { construct: object.node.path } };
    return [{ document, scope: object, mute: (mute) => annotate(object, mute) }];
  } catch {
    // It fails again, with its own message, when cdk8s writes it.
    return [];
  }
}

function isWithin(construct: IConstruct, scope: IConstruct): boolean {
  return construct.node.scopes.includes(scope);
}

/** Writes the reason where the finding is; what the user wrote there stays. */
function annotate(object: ApiObject, mute: Mute): void {
  const written = annotationOf(object);
  const annotation = withMutes(written, [mute]);
  if (annotation === written) return;
  object.metadata.addAnnotation(IGNORE_ANNOTATION, annotation);
  forgetRendered(object);
}

function withMutes(written: string | undefined, added: readonly Mute[]): string {
  const { mutes, invalid } = parseMutes(written ?? '');
  const more = added.filter(({ code }) => !mutes.some((mute) => mute.code === code)).map(({ code, reason }) => ({ code, reason }));
  return more.length === 0 ? written ?? '' : [...invalid, formatMutes([...mutes, ...more])].join('; ');
}

function annotationOf(object: ApiObject): string | undefined {
  const { annotations } = object.metadata.toJson() as { annotations?: Record<string, unknown> };
  const value = annotations?.[IGNORE_ANNOTATION];
  return typeof value === 'string' ? value : undefined;
}
