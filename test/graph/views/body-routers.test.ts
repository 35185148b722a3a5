import { GatewayImplementation } from '../../../src';
import { bodyRoutersOf, isBodyPlug, parseCluster, plugsByGateway, PlugType, routerPlugsOf } from '../../../src/graph/views/body-routers';
import { gatewaysOf } from '../../../src/graph/views/gateways';
import { graphOf } from '../lint';
import { Change, workingSet } from '../working-set';

test('the smallest body-based router', () => {
  const containers = [{ image: 'registry.k8s.io/gateway-api-inference-extension/bbr:v1.5.0' }];
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, spec: { containers } };
  const router = { grpcPort: 9004, healthPort: 9005, secureServing: true, streaming: false, namespaced: false, plugs: [] };
  expect(bodyRoutersOf(graphOf([pod]))).toMatchObject([router]);
});

test.each<[string, GatewayImplementation, PlugType, string | undefined]>([
  ['Istio', GatewayImplementation.istio(), PlugType.ENVOY_FILTER, 'FULL_DUPLEX_STREAMED'],
  ['GKE', GatewayImplementation.gke(), PlugType.GCP_ROUTING_EXTENSION, 'FullDuplexStreamed'],
  ['Envoy Gateway', GatewayImplementation.envoyGateway(), PlugType.ENVOY_EXTENSION_POLICY, 'FullDuplexStreamed'],
])('of a working set on %s', (_, implementation, type, bodyMode) => {
  const graph = graphOf(workingSet({ implementation }));
  const [router] = bodyRoutersOf(graph);
  expect(router).toMatchObject({ streaming: true, namespaced: true, namespace: 'gateway', plugs: [{ type, bodyMode, failOpen: false, service: { port: 9004 } }] });
  expect(plugsByGateway(graph).get(gatewaysOf(graph)[0])).toEqual(router.plugs);
  expect(isBodyPlug(graph, router.plugs[0])).toBe(true);
});

test('agentgateway reads the body itself', () => {
  const graph = graphOf(workingSet({ implementation: GatewayImplementation.agentgateway() }));
  expect(routerPlugsOf(graph)).toMatchObject([{ type: PlugType.AGENTGATEWAY_POLICY, gateways: [{ name: 'inference-gateway' }] }]);
  expect(bodyRoutersOf(graph)).toEqual([]);
});

test.each<[string, Change, number]>([
  ['of another namespace than its Gateway', ['EnvoyFilter gateway/body-based-router', ({ metadata }) => { metadata.namespace = 'models'; }], 0],
  ['without target in the namespace of the Gateway', ['EnvoyFilter gateway/body-based-router', ({ spec }) => { delete spec.targetRefs; }], 1],
  ['without target in the root namespace', ['EnvoyFilter gateway/body-based-router', ({ metadata, spec }) => { metadata.namespace = 'istio-system'; delete spec.targetRefs; }], 1],
  ['by the label of the gateway pods', ['EnvoyFilter gateway/body-based-router', ({ spec }) => {
    delete spec.targetRefs;
    spec.workloadSelector = { labels: { 'gateway.networking.k8s.io/gateway-name': 'inference-gateway' } };
  }], 1],
])('an EnvoyFilter %s', (_, change, gateways) => {
  const [plug] = routerPlugsOf(graphOf(workingSet({}, change)));
  expect(plug.gateways).toHaveLength(gateways);
});

test('the cluster names of Istio', () => {
  expect(parseCluster('outbound|9004||b.n.svc.cluster.local')).toEqual({ namespace: 'n', name: 'b', port: 9004 });
  expect(parseCluster('outbound|||b.n.svc.cluster.local')).toEqual({ namespace: 'n', name: 'b', port: undefined });
  for (const other of ['', 'xds-grpc', 'outbound|9004||example.com', 'inbound|1||']) expect(parseCluster(other)).toBeUndefined();
});
