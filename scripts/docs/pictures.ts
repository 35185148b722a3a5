import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGraph, drawGraph, Graph, GraphDocument, readYamlDocuments } from '../../src/graph';
import { ROOT } from './pages';

const QUICKSTART = join(ROOT, 'examples', 'quickstart', 'snapshot');

/** The pictures of the documentation by their paths: the quickstart, and the same with two mistakes in it. */
export function pictures(): Map<string, string> {
  return new Map([
    ['docs/images/quickstart.svg', draw(quickstart())],
    ['docs/images/broken.svg', draw(broken(quickstart()))],
  ]);
}

function draw(documents: readonly GraphDocument[]): string {
  const graph = new Graph(documents);
  return drawGraph(graph, checkGraph(graph).findings, 'svg');
}

function quickstart(): GraphDocument[] {
  return readdirSync(QUICKSTART).sort().flatMap((file) => readYamlDocuments(readFileSync(join(QUICKSTART, file), 'utf8'), file).documents);
}

/** A pool that selects no pod, and a route to a listener that is not there. */
function broken(documents: readonly GraphDocument[]): GraphDocument[] {
  const ofKind = (kind: string): any[] => documents.map(({ manifest }) => manifest).filter((manifest) => manifest.kind === kind);
  ofKind('InferencePool')[0].spec.selector.matchLabels = { app: 'qwen' };
  ofKind('HTTPRoute')[1].spec.parentRefs[0].sectionName = 'https';
  return [...documents];
}
