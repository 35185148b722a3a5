import { rule } from '../../../../src/graph/rules/higress/plugin-order';
import { wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';

const proxy = wasmPlugin('ai-proxy', { phase: 'UNSPECIFIED_PHASE', priority: 100 });

test('a plugin alone, and one before the other', () => {
  expect(linesOf([proxy], rule)).toEqual([]);
  expect(linesOf([proxy, wasmPlugin('ai-statistics', { phase: 'UNSPECIFIED_PHASE', priority: 900 }), wasmPlugin('key-auth')], rule)).toEqual([]);
});

test('the chain of another Higress is another chain', () => {
  const late = wasmPlugin('ai-load-balancer', { phase: 'UNSPECIFIED_PHASE', priority: 20 });
  late.metadata.namespace = 'other';
  expect(linesOf([proxy, late], rule)).toEqual([]);
});

test('fails for a load balancer after the proxy', () => {
  expect(linesOf([proxy, wasmPlugin('ai-load-balancer', { phase: 'UNSPECIFIED_PHASE', priority: 20 })], rule)).toEqual([
    expect.stringMatching(/^error WasmPlugin higress-system\/ai-load-balancer: IGW1701 spec.priority is "UNSPECIFIED_PHASE 20": runs after ai-proxy .*404; allowed: UNSPECIFIED_PHASE 101 and up, or an earlier phase; change/),
  ]);
});

test('fails for authentication after the proxy, whatever stands in other fields', () => {
  expect(linesOf([proxy, wasmPlugin('key-auth', { phase: 'UNSPECIFIED_PHASE', priority: 'many', matchRules: 7, defaultConfig: [1] })], rule)).toEqual([
    expect.stringContaining('key-auth refuses callers after that plugin has worked for them'),
  ]);
});
