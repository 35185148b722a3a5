import { App, Chart } from 'cdk8s';
import { EndpointPickerOptions, GatewayImplementation, InferenceGateway, ModelPool, ModelPoolProps } from '../../src';

export interface WorkingSetOptions {
  readonly implementation?: GatewayImplementation;
  /** @default ['llama', 'qwen'] */
  readonly models?: readonly string[];
  readonly picker?: EndpointPickerOptions;
}

/** Changes one object of a set: `Service models/llama-epp`. What the function returns takes its place; undefined keeps it. */
export type Change = [id: string, change: (object: any) => object | void];

/**
 * The complete objects of models behind one Gateway, as plain data: Gateway and body-based router in namespace `gateway`; for each model a
 * Deployment, pool, endpoint picker and route in `models`. Nothing is wrong with it.
 */
export function workingSet(options: WorkingSetOptions = {}, ...changes: Change[]): any[] {
  const { implementation = GatewayImplementation.istio(), models = ['llama', 'qwen'], picker } = options;
  const app = new App();
  const platform = new Chart(app, 'gateway', { namespace: 'gateway' });
  const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation });
  if (implementation.capabilities.bodyRouting !== undefined && implementation.capabilities.bodyRouting !== 'None') gateway.addBodyBasedRouter();
  const team = new Chart(app, 'models', { namespace: 'models' });
  for (const name of models) {
    const props: ModelPoolProps = { matchLabels: { app: name }, port: 8000, endpointPicker: picker };
    new ModelPool(team, name, props).routeFrom(gateway, { modelName: `${name}-8b` });
  }
  const objects = [platform, team].flatMap((chart) => chart.toJson()).map((object) => JSON.parse(JSON.stringify(object)));
  return edit([...objects, ...models.map(server)], ...changes);
}

/** The objects with some changed, or removed where the change is `null`. */
export function edit(objects: readonly any[], ...changes: (Change | [id: string, removed: null])[]): any[] {
  return changes.reduce<any[]>((all, [id, change]) => {
    const at = all.findIndex((object) => idOf(object) === id);
    if (at < 0) throw new Error(`no ${id} among ${all.map(idOf).join(', ')}`);
    if (change === null) return all.filter((_, index) => index !== at);
    const copy = JSON.parse(JSON.stringify(all[at]));
    const changed = change(copy) ?? copy;
    return all.map((object, index) => (index === at ? changed : object));
  }, [...objects]);
}

export function idOf({ kind, metadata: { namespace, name } }: any): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function server(name: string): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'models' },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{
            name: 'vllm',
            image: 'vllm/vllm-openai:v0.11.0',
            args: ['--model', `example/${name}`, '--served-model-name', `${name}-8b`, '--port', '8000'],
            ports: [{ containerPort: 8000 }],
          }],
        },
      },
    },
  };
}
