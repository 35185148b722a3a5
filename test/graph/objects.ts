const GATEWAY_API = 'gateway.networking.k8s.io/v1';

/** Plain objects, as small as they can be. */
export function object(apiVersion: string, kind: string, id: string, rest: object = {}): any {
  const [name, namespace] = id.split('/').reverse();
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, ...rest };
}

export function gateway(id: string, listeners: readonly object[], spec: object = {}): any {
  return object(GATEWAY_API, 'Gateway', id, { spec: { gatewayClassName: 'istio', listeners, ...spec } });
}

export function listener(more: object = {}): any {
  return { name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } }, ...more };
}

export function listenerSet(id: string, parent: string, listeners: readonly object[]): any {
  const [name, namespace] = parent.split('/').reverse();
  return object(GATEWAY_API, 'ListenerSet', id, { spec: { parentRef: { name, namespace }, listeners } });
}

export function route(id: string, parent: string | object, backends: readonly object[] = [], spec: object = {}): any {
  const [name, namespace] = typeof parent === 'string' ? parent.split('/').reverse() : [];
  const parentRef = typeof parent === 'string' ? { name, namespace } : parent;
  return object(GATEWAY_API, 'HTTPRoute', id, { spec: { parentRefs: [parentRef], rules: [{ backendRefs: backends }], ...spec } });
}

export function service(id: string, ports: readonly number[] = [80], selector?: object): any {
  return object('v1', 'Service', id, { spec: { selector, ports: ports.map((port) => ({ name: `port-${port}`, port, targetPort: 8000 })) } });
}

export function deployment(id: string, labels: object, spec: object = {}): any {
  return object('apps/v1', 'Deployment', id, {
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example/main:1' }], ...spec } } },
  });
}

export function pool(id: string, spec: object = {}): any {
  return object('inference.networking.k8s.io/v1', 'InferencePool', id, {
    spec: { selector: { matchLabels: { app: 'llama' } }, targetPorts: [{ number: 8000 }], endpointPickerRef: { name: 'epp', port: { number: 9002 } }, ...spec },
  });
}

export function grant(id: string, from: object, to: object): any {
  return object('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant', id, { spec: { from: [from], to: [to] } });
}
