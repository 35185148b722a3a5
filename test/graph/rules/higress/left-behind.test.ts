import { rule } from '../../../../src/graph/rules/higress/left-behind';
import { bridgeOfTwo, GPUSTACK, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';
import { deployment } from '../../objects';

const old = wasmPlugin('gpustack-generic-route-transformer', { url: 'http://10.0.0.1/wasm-plugins/transformer/2.0.0/plugin.wasm', priority: 905 }, GPUSTACK);
const router = (url: string) => wasmPlugin('gpustack-model-router', { url, priority: 900 }, GPUSTACK);

test('plugins of one release, in the namespace of Higress', () => {
  expect(linesOf([bridgeOfTwo(), old, router('http://10.0.0.1/wasm-plugins/model-router/2.0.0/plugin.wasm')], rule)).toEqual([]);
});

test('fails with a warning for a plugin of an older GPUStack', () => {
  expect(linesOf([old, router('http://10.0.0.1/wasm-plugins/gpustack-generic-proxy-router/1.0.1/plugin.wasm')], rule)).toEqual([expect.stringMatching(
    /^warning WasmPlugin higress-system\/gpustack-generic-route-transformer: IGW1711 metadata.name .*is of an older GPUStack than gpustack-model-router.*priority 905; delete it/,
  )]);
});

test('fails for plugins in another namespace than Higress', () => {
  const plugin = wasmPlugin('ai-proxy');
  plugin.metadata.namespace = 'models';
  expect(linesOf([plugin, bridgeOfTwo()], rule)[0]).toMatch(/^warning WasmPlugin models\/ai-proxy: IGW1711 metadata.namespace is "models": is not the namespace of Higress.*allowed: higress-system; move/);
  expect(linesOf([plugin, deployment('higress/higress-gateway', { app: 'higress-gateway' })], rule)[0]).toContain('allowed: higress');
  expect(linesOf([plugin], rule)).toEqual([]);
});

test('is a note for two plugins in one place, of which the name decides', () => {
  expect(linesOf([wasmPlugin('a', { priority: 7 }), wasmPlugin('b', { priority: 7 }), wasmPlugin('c', { phase: 'AUTHZ', priority: 7 })], rule)).toEqual([
    expect.stringMatching(/^info WasmPlugin higress-system\/b: IGW1711 spec.priority is 7: is that of a in phase AUTHN as well: a runs first/),
  ]);
});
