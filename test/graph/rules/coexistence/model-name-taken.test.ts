import { rule } from '../../../../src/graph/rules/coexistence/model-name-taken';
import { madeFor, modelDeployment } from '../../airunway';
import { linesOf } from '../../lint';
import { gateway, listener, route } from '../../objects';

const inference = gateway('gateway/inference', [listener()]);
const named = (id: string, modelName: string) => modelDeployment(id, { gateway: { modelName } });
const routeOf = (id: string, value: string, match: object = {}) => route(id, 'gateway/inference', [], {
  rules: [{ matches: [{ headers: [{ name: 'X-Gateway-Model-Name', value }], ...match }] }],
});

test('two models of two names', () => {
  expect(linesOf([inference, named('a/llama', 'llama'), named('b/llama', 'llama-b'), routeOf('c/qwen', 'qwen')], rule)).toEqual([]);
});

test('its own route, in a cluster, and one with another match', () => {
  expect(linesOf([inference, named('a/llama', 'llama'), madeFor('llama', routeOf('a/llama', 'llama'))], rule)).toEqual([]);
  expect(linesOf([inference, named('a/llama', 'llama'), routeOf('a/other', 'llama', { path: { type: 'PathPrefix', value: '/beta' } })], rule)).toEqual([]);
});

test('models without a route of their own', () => {
  const others = [{ modelName: 'llama', enabled: false }, { modelName: 'llama', httpRouteRef: 'own' }].map((one, index) => modelDeployment(`b/m${index}`, { gateway: one }));
  expect(linesOf([inference, named('a/llama', 'llama'), ...others], rule)).toEqual([]);
});

test('fails for one model name in two namespaces', () => {
  expect(linesOf([inference, named('a/llama', 'llama'), named('b/llama', 'llama')], rule)).toEqual([expect.stringMatching(
    /^error ModelDeployment b\/llama: IGW1604 spec.gateway.modelName is "llama": is the model name of ModelDeployment a\/llama as well.*give one of them another spec.gateway.modelName/,
  )]);
});

test('fails for one id, which is the name when none is given', () => {
  const model = (id: string) => modelDeployment(id, { model: { id: 'example/llama' } });
  expect(linesOf([inference, model('a/llama'), model('b/llama')], rule)).toEqual([expect.stringMatching(/^error .*spec.model.id is "example\/llama"/)]);
  expect(linesOf([model('a/llama'), model('b/llama')], rule)).toEqual([expect.stringMatching(/^warning /)]);
});

test('a served name that the engine ignores is none', () => {
  const model = (id: string) => modelDeployment(id, { provider: { name: 'kaito' }, engine: { type: 'llamacpp' }, model: { id, servedName: 'llama' } });
  expect(linesOf([inference, model('a/llama'), model('b/llama')], rule)).toEqual([]);
});

test('fails for a static route', () => {
  expect(linesOf([inference, modelDeployment('a/llama', { model: { id: 'x', servedName: 'llama' } }), routeOf('b/own', 'llama')], rule)).toEqual([
    expect.stringMatching(/^error ModelDeployment a\/llama: IGW1604 spec.model.servedName is "llama": is the model name of HTTPRoute b\/own/),
  ]);
});
