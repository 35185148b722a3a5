import { emitYaml } from '../../core';
import { HIDDEN } from '../confidential';
import { Finding, placeOf } from '../finding';
import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { formatPath, map, Path } from '../json';
import { addTo } from '../view';
import { routeByObject } from '../views/routes';
import { attachRest } from './attach-rest';
import { DraftNode, Drafts } from './drafts';
import { ingressModels } from './draw-ingresses';
import { modelDeploymentModels } from './draw-model-deployments';
import { drawPath, routeModels } from './draw-path';
import { Picture, PictureFinding, PictureObject, worst } from './picture';
import { sectionsOf } from './sections';

/** The picture of a graph, with its findings where they belong. The same for the same set, in whichever order its documents come. */
export function pictureOf(graph: Graph, findings: readonly Finding[] = []): Picture {
  const drafts = new Drafts(graph);
  drawPath(drafts);
  const rest = attachRest(drafts);
  const unplaced = new Set(rest);
  for (const { object } of findings) if (unplaced.has(object)) drafts.add(object, 'other');
  // Better than nothing.
  if (drafts.nodes.length === 0) rest.forEach((object) => drafts.add(object, 'other'));

  const indices = new Map(graph.objects.map((object, index) => [object, index]));
  const nodesOfFindings = placeFindings(drafts, findings);
  const sections = sectionsOf(drafts, (node) => modelsOf(graph, node));
  return {
    nodes: drafts.nodes.map(({ owner, object, support, ...node }) => ({
      ...node,
      ...(owner ? { owner: owner.id } : {}),
      ...(object ? { object: indices.get(object)! } : {}),
      support: [...support].map((one) => indices.get(one)!),
    })),
    edges: drafts.edges.map(({ from, to, type, label, state }) => ({ from: from.id, to: to.id, type, label, state })),
    sections,
    findings: findings.map((finding, index) => findingData(finding, nodesOfFindings[index], indices.get(finding.object)!)),
    objects: graph.objects.map(objectData),
  };
}

function modelsOf(graph: Graph, { object }: DraftNode): string[] {
  if (!object) return [];
  const route = routeByObject(graph).get(object);
  return route ? routeModels(route) : [...ingressModels(object), ...modelDeploymentModels(object)];
}

/** The nodes of each finding. */
function placeFindings(drafts: Drafts, findings: readonly Finding[]): DraftNode[][] {
  const supported = new Map<GraphObject, DraftNode[]>();
  for (const node of drafts.nodes) {
    for (const object of node.support) addTo(supported, object, node);
  }
  const waysFrom = new Map<GraphObject, typeof drafts.edges>();
  for (const edge of drafts.edges) {
    const from = edge.source?.object;
    if (from) addTo(waysFrom, from, edge);
  }
  return findings.map(({ object, field, severity, code }, index) => {
    const own = drafts.of(object);
    const listener = own?.role === 'gateway' && field[1] === 'listeners' ? drafts.known(`${own.id} ${field.slice(0, 3).join('/')}`) : undefined;
    const nodes = listener ? [listener] : own ? [own] : supported.get(object) ?? [];
    for (const node of nodes) {
      node.findings.push(index);
      node.severity = worst([node.severity, severity]);
    }
    if (severity === 'error') {
      for (const edge of waysFrom.get(object) ?? []) {
        if (edge.state === 'missing' || !startsWith(field, edge.source!.path)) continue;
        edge.state = 'broken';
        edge.label = edge.label === '' ? code : edge.label;
      }
    }
    return nodes;
  });
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

function findingData(finding: Finding, nodes: readonly DraftNode[], object: number): PictureFinding {
  const { code, severity, rule, field, problem, allowed, fix } = finding;
  const value = 'value' in finding && finding.value !== undefined ? ` is ${JSON.stringify(finding.value)?.slice(0, 200)}:` : '';
  return {
    code,
    severity,
    title: rule.title,
    message: `${formatPath(field)}${value} ${problem}${allowed === undefined ? '' : `; allowed: ${allowed}`}`,
    symptom: rule.symptom,
    fix,
    place: placeOf(finding.object, field),
    nodes: nodes.map(({ id }) => id),
    object,
  };
}

const LONGEST_YAML = 40_000;

function objectData(object: GraphObject): PictureObject {
  const { kind, name, namespace = '' } = object;
  return { kind, name, namespace, place: placeOf(object, []), yaml: yamlOf(object) };
}

function yamlOf({ manifest, kind, group }: GraphObject): string {
  const shown = kind === 'Secret' && group === '' ? withoutData(manifest) : manifest;
  const yaml = emitYaml(shown);
  if (yaml.length <= LONGEST_YAML) return yaml;
  const end = yaml.lastIndexOf('\n', LONGEST_YAML);
  return `${yaml.slice(0, end < 0 ? LONGEST_YAML : end)}\n# … ${yaml.slice(end).split('\n').length - 1} more lines\n`;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A page is passed on more freely than a manifest: it holds nothing of a Secret. */
function withoutData(manifest: GraphObject['manifest']): Record<string, unknown> {
  const hide = (value: unknown) => Object.fromEntries(Object.keys(map(value)).map((key) => [key, HIDDEN]));
  const metadata = map(manifest.metadata);
  const annotations = map(metadata.annotations);
  return {
    ...manifest,
    // It repeats the whole object.
    ...(Object.hasOwn(annotations, LAST_APPLIED) ? { metadata: { ...metadata, annotations: { ...annotations, [LAST_APPLIED]: HIDDEN } } } : {}),
    ...('data' in manifest ? { data: hide(manifest.data) } : {}),
    ...('stringData' in manifest ? { stringData: hide(manifest.stringData) } : {}),
  };
}
