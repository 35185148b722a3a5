import type { GraphObject } from '../../graph-object';
import { filled, map } from '../../json';
import { distance } from '../../presence';
import { GraphRule, Problem, RuleFamily, Severity } from '../../rule';
import { builtInVersion, groupsOf, kindsOf } from '../../schemas';
import { nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1902',
  title: 'an object is of no kind, or of one that its group does not have',
  family: RuleFamily.DOCUMENTS,
  severity: Severity.ERROR,
  symptom: '`kubectl apply` fails: "Object \'Kind\' is missing", or "no matches for kind … in version …". The object is not there, and what needs it fails.',
  breaks: 'kind and apiVersion together say what an object is. Both are written exactly as the API server has them, with capital and small letters.',
  source: 'Kubernetes, Objects: required fields; the pinned CustomResourceDefinitions',
  * check(graph) {
    for (const object of graph.objects) {
      const problem = problemOf(object);
      if (problem) yield problem;
    }
  },
};

function problemOf(object: GraphObject): Problem | undefined {
  const { apiVersion, kind, group, version, manifest } = object;
  // Files of values and the like have no name; a kubeconfig has none either.
  if (filled(map(manifest.metadata).name) === undefined) return undefined;
  if (kind === '') return missing(object, 'kind', apiVersion === '' ? 'write what it is' : `write the kind of ${apiVersion} that is meant`);
  const homes = groupsOf(kind);
  if (apiVersion === '') return missing(object, 'apiVersion', homes.length > 0 ? `write ${homes.map(written).join(' or ')}` : 'write the group and version of the kind');
  if (kindsOf(group).kinds.has(kind)) return versionProblem(object, version);
  return groupProblem(object) ?? kindProblem(object);
}

function missing(object: GraphObject, field: 'kind' | 'apiVersion', fix: string): Problem {
  const value = object.manifest[field];
  return {
    object, field: [field], ...value === undefined ? {} : { value }, problem: `is ${value === undefined || value === null || value === '' ? 'missing' : 'no text'}: the API server refuses the object`, fix,
  };
}

/** Kinds of Kubernetes itself are served in one version; what a CustomResourceDefinition serves is IGW1801, but for what cannot be a version. */
function versionProblem(object: GraphObject, version: string): Problem | undefined {
  const { apiVersion, group, kind } = object;
  const served = builtInVersion(group, kind);
  const wrong = served === undefined ? !/^v[0-9]+((alpha|beta)[0-9]+)?$/.test(version) : version !== served;
  if (!wrong) return undefined;
  const [home] = groupsOf(kind).filter((one) => one.group === group);
  return { object, field: ['apiVersion'], value: apiVersion, problem: `is no version that has ${kind}: the API server refuses the object`, allowed: written(home), fix: `write ${written(home)}` };
}

/** The kind is of another group: one that is nearly written so, or none was written. */
function groupProblem(object: GraphObject): Problem | undefined {
  const { apiVersion, group, kind } = object;
  const home = groupsOf(kind).find((one) => one.group !== group && (group === '' || isNearly(group, one.group)));
  if (!home || kindsOf(group).kinds.size > 0 && group !== '') return undefined;
  return { object, field: ['apiVersion'], value: apiVersion, problem: `has no kind ${kind}: the API server refuses the object`, allowed: written(home), fix: `write ${written(home)}` };
}

/** The kind is nearly one that its group has. */
function kindProblem(object: GraphObject): Problem | undefined {
  const { apiVersion, group, kind } = object;
  const { kinds, all } = kindsOf(group);
  const meant = [...kinds].find((one) => isNearly(kind, one));
  // A kubeconfig is of version v1 as well.
  if (meant === undefined && (!all || group === '')) return undefined;
  return {
    object, field: ['kind'], value: kind, problem: `is no kind of ${apiVersion}: the API server refuses the object`,
    allowed: nearestFirst([...kinds], kind), fix: meant ? `write ${meant}` : 'write the kind that is meant',
  };
}

function isNearly(written: string, known: string): boolean {
  if (written.length > 100) return false;
  const most = known.length > 4 ? 2 : 1;
  return written.toLowerCase() === known.toLowerCase() || (known.length > 2 && distance(written, known) <= most);
}

function written({ group, version }: { readonly group: string; readonly version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}
