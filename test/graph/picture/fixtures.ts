import { checkGraph, Graph, GraphSettings } from '../../../src/graph';
import { Picture, PictureNode, pictureOf } from '../../../src/graph/picture';

const POOL_GROUP = 'inference.networking.k8s.io';

export const gateway = (more: any = {}): any => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata: { name: 'gateway', namespace: 'gateway-system' },
  spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }] }, ...more,
});

export const route = (name = 'qwen3', parent: any = {}, backend: any = {}): any => ({
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name, namespace: 'team-a' },
  spec: {
    parentRefs: [{ name: 'gateway', namespace: 'gateway-system', ...parent }],
    rules: [{
      matches: [{ headers: [{ name: 'X-Gateway-Model-Name', value: `org/${name}` }] }],
      backendRefs: [{ group: POOL_GROUP, kind: 'InferencePool', name, ...backend }],
    }],
  },
});

export const pool = (name = 'qwen3', spec: any = {}): any => ({
  apiVersion: `${POOL_GROUP}/v1`, kind: 'InferencePool', metadata: { name, namespace: 'team-a' },
  spec: { selector: { matchLabels: { app: name } }, targetPorts: [{ number: 8000 }], endpointPickerRef: { name: `${name}-epp`, port: { number: 9002 } }, ...spec },
});

export const service = (name: string, app = name, port = 9002, namespace = 'team-a'): any => ({
  apiVersion: 'v1', kind: 'Service', metadata: { name, namespace },
  spec: { selector: { app }, ports: [{ name: 'grpc', port, appProtocol: 'kubernetes.io/h2c' }] },
});

export const deployment = (name: string, image: string, more: any = {}, namespace = 'team-a'): any => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image }], ...more } },
  },
});

/** A model from its route to its pods. */
export function model(name = 'qwen3'): any[] {
  return [
    route(name), pool(name), service(`${name}-epp`), deployment(`${name}-epp`, 'registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0'),
    deployment(name, 'vllm/vllm-openai:v0.11.0'),
  ];
}

export function drawn(objects: readonly any[], settings: GraphSettings = {}): Picture {
  const graph = graphOf(objects, settings);
  return pictureOf(graph, checkGraph(graph).findings);
}

export function graphOf(objects: readonly any[], settings: GraphSettings = {}): Graph {
  return new Graph(objects.map((manifest, index) => ({ manifest, origin: { file: 'all.yaml', line: index * 10 + 1 } })), settings);
}

export function nodeOf({ nodes }: Picture, kind: string, label: string): PictureNode {
  const found = nodes.filter((node) => node.kind === kind && node.label === label);
  if (found.length !== 1) throw new Error(`${found.length} nodes are ${kind} ${label}; there are ${nodes.map((node) => `${node.kind} ${node.label}`).join(', ')}`);
  return found[0];
}

/** `HTTPRoute qwen3 -> InferencePool qwen3: backend ok`, sorted. */
export function waysOf({ nodes, edges }: Picture): string[] {
  const names = new Map(nodes.map(({ id, kind, label }) => [id, `${kind} ${label}`]));
  return edges.map(({ from, to, type, label, state }) => `${names.get(from)} -> ${names.get(to)}: ${[type, label, state].filter(Boolean).join(' ')}`).sort();
}
