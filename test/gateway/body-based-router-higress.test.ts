import { Size } from 'cdk8s';
import { BodyBasedRouterOptions, GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { chartsOf, objectOf, objectsOf } from '../synth';

const implementation = GatewayImplementation.higress();

function chartWith(options?: BodyBasedRouterOptions) {
  const [chart] = chartsOf('gateway-system');
  new InferenceGateway(chart, 'inference-gateway', { implementation }).addBodyBasedRouter(options);
  return chart;
}

test('there is no router, only the plugin that reads the body', () => {
  const chart = chartWith();
  expect(objectsOf(chart).map(({ kind }) => kind)).toEqual(['Gateway', 'WasmPlugin']);
  expect(objectOf(chart, 'WasmPlugin')).toMatchObject({
    metadata: { name: 'body-based-router', namespace: 'higress-system' },
    spec: {
      defaultConfig: { modelToHeader: 'X-Gateway-Model-Name', enableOnPathSuffix: expect.arrayContaining(['/completions', '/rerank']) },
      phase: 'AUTHN',
      priority: 900,
      url: 'oci://higress-registry.cn-hangzhou.cr.aliyuncs.com/plugins/model-router:2.0.0',
    },
  });
});

test('the namespace is the one Higress is installed in, and the image any place of the plugin', () => {
  const plugin = (image: string) => objectOf(chartWith({ namespace: 'edge', image }), 'WasmPlugin');
  expect(plugin('mirror.example.com/model-router:3')).toMatchObject({
    metadata: { namespace: 'edge' }, spec: { url: 'oci://mirror.example.com/model-router:3' },
  });
  expect(plugin('https://example.com/plugin.wasm').spec.url).toBe('https://example.com/plugin.wasm');
});

test('fails with options of pods, all together', () => {
  expect(() => chartWith({ replicas: 2, memoryRequest: Size.mebibytes(64) })).toThrow([
    'gateway-system/inference-gateway/BodyBasedRouter: 2 mistakes',
    '  IGW402 replicas is 2: is for the pods of a router, and higress reads bodies by a plugin; allowed: name, namespace, image; remove `replicas`',
    '  IGW402 memoryRequest is "64Mi": is for the pods of a router, and higress reads bodies by a plugin; allowed: name, namespace, image; remove `memoryRequest`',
  ].join('\n'));
});

test('endpoint pickers get a DestinationRule, and a rule one pool', () => {
  expect(implementation.capabilities).toMatchObject({ destinationRules: true, weightedPools: false });
});
