import { rule } from '../../../../src/graph/rules/higress/guard-fails-open';
import { GPUSTACK, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

test('failing closed is the default, and other plugins may fail open', () => {
  expect(linesOf([wasmPlugin('key-auth')], rule)).toEqual([]);
  expect(linesOf([wasmPlugin('key-auth', { failStrategy: 'FAIL_CLOSE' }), wasmPlugin('ai-statistics', { failStrategy: 'FAIL_OPEN' })], rule)).toEqual([]);
});

test('fails with a warning for a plugin that authenticates', () => {
  expect(linesOf([wasmPlugin('key-auth', { failStrategy: 'FAIL_OPEN' })], rule)).toEqual([
    expect.stringMatching(/^warning WasmPlugin higress-system\/key-auth: IGW1702 spec.failStrategy is "FAIL_OPEN": lets every request pass .*allowed: FAIL_CLOSE; set FAIL_CLOSE$/),
  ]);
});

test('is a note for the plugin of GPUStack, which writes the field again', () => {
  const url = 'http://10.0.0.1/wasm-plugins/gpustack-ext-auth/0.1.2/plugin.wasm';
  expect(linesOf([wasmPlugin('gpustack-llm-ext-auth', { url, failStrategy: 'FAIL_OPEN' }, GPUSTACK)], rule)).toEqual([
    expect.stringMatching(/^info .*the module of ext-auth cannot be loaded.*watch that the module can be downloaded/),
  ]);
});
