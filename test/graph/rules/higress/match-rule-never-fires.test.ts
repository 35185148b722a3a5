import { rule } from '../../../../src/graph/rules/higress/match-rule-never-fires';
import { bridgeOfTwo, GPUSTACK, ingress, wasmPlugin } from '../../higress';
import { linesOf } from '../../lint';
import { route } from '../../objects';

const routes = [bridgeOfTwo(), ingress('higress-system/web', 'qwen.static:80'), ingress('models/llama', 'llama.dns:8000')];
const withRule = (matchRule: object, closed = false) => linesOf([...routes, wasmPlugin('ai-proxy', { matchRules: [matchRule] })], rule, { closed });

test.each([
  [{ ingress: ['web', 'models/llama'] }], [{ service: ['llama.dns', 'qwen.static:80', 'web.models.svc.cluster.local'] }],
  [{ ingress: ['models/llama'], service: ['llama.dns'] }], [{ ingress: ['models/mistral'] }], [{ domain: ['example.com'] }],
  [{ ingress: ['models/llamma'], configDisable: true }],
])('the rule %j', (matchRule) => {
  expect(withRule(matchRule)).toEqual([]);
});

test('an HTTPRoute goes by the same names', () => {
  const plugin = wasmPlugin('ai-proxy', { matchRules: [{ ingress: ['models/llamas'] }] });
  expect(linesOf([...routes, route('models/llamas', 'gateway/inference'), plugin], rule)).toEqual([]);
});

test.each([
  [{ ingress: ['llama'] }, 'the Ingress of that name is in namespace models, and then goes by both; allowed: models/llama; write models/llama'],
  [{ ingress: ['higress-system/web'] }, 'an Ingress of the namespace of Higress goes by its name alone; allowed: web; write web'],
  [{ ingress: ['models/llamma'] }, 'is "models/llamma": is no Ingress of namespace models: the rule matches nothing by it; allowed: llama; name llama'],
  [{ service: ['lama.dns'] }, 'service[0] is "lama.dns": is no registry of the McpBridge: the rule never matches; allowed: llama.dns, qwen.static'],
  [{ service: ['llama'] }, 'is no host of a service: the rule never matches'],
  [{ ingress: ['models/llama'], service: ['qwen.static'] }, 'is none of the services that Ingress models/llama leads to'],
])('fails with a warning for the rule %j', (matchRule, message) => {
  expect(withRule(matchRule)).toEqual([expect.stringMatching(/^warning WasmPlugin higress-system\/ai-proxy: IGW1708 spec.matchRules\[0\]/)]);
  expect(withRule(matchRule)[0]).toContain(message);
});

test('fails for an Ingress that a closed set does not hold', () => {
  expect(withRule({ ingress: ['models/mistral'] }, true)).toEqual([expect.stringContaining('is no Ingress of namespace models')]);
});

test('is a note for rules that GPUStack writes', () => {
  const plugin = wasmPlugin('ai-proxy', { matchRules: [{ ingress: ['models/llama'], service: ['qwen.static'] }] }, GPUSTACK);
  expect(linesOf([...routes, plugin], rule)).toEqual([expect.stringMatching(/^info /)]);
});
