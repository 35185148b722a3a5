import { object } from './objects';

const NETWORKING = 'networking.higress.io';
export const GPUSTACK = { 'gpustack.ai/managed': 'true' };

/** A WasmPlugin of the module of a name, in the namespace of Higress. */
export function wasmPlugin(module: string, spec: object = {}, labels?: object): any {
  const plugin = object('extensions.higress.io/v1alpha1', 'WasmPlugin', `higress-system/${module}`, {
    spec: { url: `oci://registry.example.com/plugins/${module}:2.0.0`, phase: 'AUTHN', priority: 100, ...spec },
  });
  return labels === undefined ? plugin : { ...plugin, metadata: { ...plugin.metadata, labels } };
}

export function bridge(registries: readonly object[], id = 'higress-system/default'): any {
  return object(`${NETWORKING}/v1`, 'McpBridge', id, { spec: { registries } });
}

/** Registries `llama.dns` and `qwen.static`. */
export function bridgeOfTwo(...more: object[]): any {
  return bridge([
    { name: 'llama', type: 'dns', domain: 'llama.models.svc', port: 8000 }, { name: 'qwen', type: 'static', domain: '10.1.0.11:8000', port: 80 }, ...more,
  ]);
}

/** An Ingress whose requests go to registries of the McpBridge. */
export function ingress(id: string, destination?: string, resource: object = {}, labels?: object): any {
  const made = object('networking.k8s.io/v1', 'Ingress', id, {
    spec: {
      ingressClassName: 'higress',
      rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: { resource: { apiGroup: NETWORKING, kind: 'McpBridge', name: 'default', ...resource } } }] } }],
    },
  });
  return { ...made, metadata: { ...made.metadata, labels, annotations: destination === undefined ? {} : { 'higress.io/destination': destination } } };
}
