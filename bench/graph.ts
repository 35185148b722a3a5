/*
 * What checking manifests costs: reading them from YAML, and the rules, in milliseconds for each object, which should not grow with their
 * number. The sets are models behind one Gateway, all of them in one namespace or ten to a namespace, with every tenth pool mistaken.
 */
import { Chart, Testing } from 'cdk8s';
import { stringify } from 'yaml';
import { GatewayImplementation, InferenceGateway, ModelPool } from '../src';
import { allRules, checkGraph, Graph, GraphDocument, readYamlDocuments } from '../src/graph';

const SIZES = [1_000, 2_000, 5_000, 10_000];
const RUNS = 3;

/** The objects of one model, with the model's number in place of `NUMBER` and its namespace in place of `SPACE`. */
function templateOf(): { shared: string; model: string } {
  const app = Testing.app();
  const platform = new Chart(app, 'gateway', { namespace: 'gateway' });
  const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
  gateway.addBodyBasedRouter();
  const team = new Chart(app, 'team', { namespace: 'space-s' });
  new ModelPool(team, 'model-n', { matchLabels: { app: 'model-n' }, port: 8000 }).routeFrom(gateway, { modelName: 'model-n' });
  const server = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'model-n', namespace: 'space-s' },
    spec: {
      selector: { matchLabels: { app: 'model-n' } },
      template: {
        metadata: { labels: { app: 'model-n' } },
        spec: { containers: [{ name: 'vllm', image: 'vllm/vllm-openai:v0.11.0', args: ['--served-model-name', 'model-n'], ports: [{ containerPort: 8000 }] }] },
      },
    },
  };
  return { shared: JSON.stringify(platform.toJson()), model: JSON.stringify([...team.toJson(), server]) };
}

const TEMPLATE = templateOf();

function setOf(size: number, perNamespace: number): object[] {
  const objects: object[] = JSON.parse(TEMPLATE.shared);
  for (let index = 0; objects.length < size; index++) {
    const text = TEMPLATE.model.replaceAll('model-n', `model-n${index}`).replaceAll('space-s', `space-${Math.floor(index / perNamespace)}`);
    const model: any[] = JSON.parse(text);
    if (index % 10 === 9) model.find(({ kind }) => kind === 'InferencePool').spec.selector.matchLabels = { app: 'nope' };
    objects.push(...model);
  }
  return objects.slice(0, size);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function timed<T>(work: () => T): { value: T; time: number } {
  const start = performance.now();
  const value = work();
  return { value, time: performance.now() - start };
}

function row(size: number, perNamespace: number): Record<string, number | string> {
  const objects = setOf(size, perNamespace);
  const text = objects.map((object) => stringify(object)).join('---\n');
  const reading = timed(() => readYamlDocuments(text, 'set.yaml').documents);
  const documents: GraphDocument[] = objects.map((manifest) => ({ manifest: manifest as GraphDocument['manifest'], origin: {} }));
  const runs = Array.from({ length: RUNS }, () => timed(() => checkGraph(new Graph(documents))));
  const check = median(runs.map(({ time }) => time));
  return {
    objects: size,
    namespaces: new Set(objects.map((object: any) => object.metadata.namespace)).size,
    findings: runs[0].value.findings.length,
    'read YAML ms': Math.round(reading.time),
    'check ms': Math.round(check),
    'check ms per object': Number((check / size).toFixed(4)),
  };
}

if (process.argv.includes('--rules')) {
  // Which rules the time goes to, in the largest set.
  const graph = new Graph(setOf(SIZES.at(-1)!, 1e9).map((manifest) => ({ manifest: manifest as GraphDocument['manifest'], origin: {} })));
  checkGraph(graph);
  const times = allRules().map((rule) => ({ code: rule.code, ms: Number(timed(() => [...rule.check(graph)]).time.toFixed(1)) }));
  console.table(times.sort((a, b) => b.ms - a.ms).slice(0, 15));
} else {
  row(200, 10);
  for (const perNamespace of [1e9, 10]) console.table(SIZES.map((size) => row(size, perNamespace)));
}
