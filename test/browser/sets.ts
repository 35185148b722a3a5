import { App, Chart, Size } from 'cdk8s';
import { Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway } from '../../src';
import { Graph } from '../../src/graph';

/** As many models as asked for behind one Gateway, in a namespace for every ten, as this library renders them. */
export function modelSet(count: number): any[] {
  const app = new App();
  const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
  const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
  gateway.addBodyBasedRouter();
  const provider = ProviderGateway.vllm(platform, 'vllm');
  const teams = new Map<string, Chart>();
  for (let index = 0; index < count; index++) {
    const namespace = `team-${Math.floor(index / 10)}`;
    const team = teams.get(namespace) ?? new Chart(app, namespace, { namespace });
    teams.set(namespace, team);
    new ModelDeployment(team, modelName(index), {
      gateway,
      provider,
      model: Model.huggingFace(`example/${modelName(index)}`, { servedName: modelName(index) }),
      engine: Engine.vllm({ contextLength: 8192 }),
      resources: { gpus: 1, memory: Size.gibibytes(32) },
    });
  }
  return [platform, ...teams.values()].flatMap((chart) => chart.toJson());
}

const FAMILIES = ['qwen3-coder', 'llama-4-scout', 'gemma-3-27b', 'mistral-small', 'deepseek-r1', 'phi-4-mini', 'granite-4', 'olmo-2'];

export function modelName(index: number): string {
  return `${FAMILIES[index % FAMILIES.length]}-${index}`;
}

export function graphOf(objects: readonly any[]): Graph {
  return new Graph(objects.map((manifest) => ({ manifest, origin: { file: 'models.yaml' } })));
}

/** One object of a set by kind and name. */
export function objectOf(objects: readonly any[], kind: string, name: string): any {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`the set holds no ${kind} ${name}`);
  return found;
}

/** The first two models broken in two ways: a selector that finds nothing, and a route that the Gateway refuses. */
export function breakSome(objects: readonly any[]): void {
  objectOf(objects, 'InferencePool', modelName(0)).spec.selector.matchLabels = { app: 'nothing-has-this' };
  objectOf(objects, 'HTTPRoute', modelName(1)).spec.rules[0].backendRefs[0].name = 'misspelt-pool';
  objectOf(objects, 'HTTPRoute', modelName(2)).spec.parentRefs[0].sectionName = 'htpp';
}
