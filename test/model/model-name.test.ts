import fc from 'fast-check';
import { warningsOf } from '../../src/core';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { Engine, Model, ModelDeployment, ModelDeploymentProps, Rendering } from '../../src/model';
import { resolveModelName } from '../../src/model/model-name';
import { ProviderGateway } from '../../src/provider';
import { chartsOf, idsOf, objectOf } from '../synth';

function deploy(props: Partial<ModelDeploymentProps> = {}) {
  const [chart] = chartsOf('team-a');
  const gateway = new InferenceGateway(chart, 'gw', { implementation: GatewayImplementation.istio() });
  const model = new ModelDeployment(chart, 'qwen3', {
    gateway, model: Model.huggingFace('Qwen/Qwen3-0.6B'), engine: Engine.vllm(), provider: ProviderGateway.vllm(chart, 'vllm'), ...props,
  });
  return { chart, model };
}

const headerOf = (chart: Parameters<typeof objectOf>[0]) => objectOf(chart, 'HTTPRoute').spec.rules[0].matches[0].headers[0].value;

test('the smallest model is called by its id', () => {
  const { chart, model } = deploy();
  expect(model.modelName).toBe('Qwen/Qwen3-0.6B');
  expect(headerOf(chart)).toBe('Qwen/Qwen3-0.6B');
  expect(warningsOf(chart)).toEqual([]);
});

describe('the name is', () => {
  const servedModel = Model.huggingFace('a/b', { servedName: 'served' });

  test.each<[string, Partial<ModelDeploymentProps>, string]>([
    ['gateway.modelName before all others', { model: servedModel, modelName: 'said', discoveredModelName: 'found' }, 'said'],
    ['servedName before what was discovered', { model: servedModel, discoveredModelName: 'found' }, 'served'],
    ['what was discovered before the id', { discoveredModelName: 'found' }, 'found'],
    ['the id at last', {}, 'Qwen/Qwen3-0.6B'],
  ])('%s', (_, props, expected) => {
    const { chart, model } = deploy(props);
    expect(model.modelName).toBe(expected);
    expect(headerOf(chart)).toBe(expected);
  });

  test('the same for a controller', () => {
    expect(deploy({ model: servedModel, rendering: Rendering.CONTROLLER }).model.modelName).toBe('served');
  });

  test('the first of the four that is said', () => {
    const text = fc.option(fc.string({ minLength: 1 }), { nil: undefined });
    fc.assert(fc.property(text, text, text, text, fc.boolean(), (said, served, discovered, id, ignoresServedName) => {
      const spec = { model: { id, servedName: served }, gateway: { modelName: said } };
      const expected = [said, ignoresServedName ? undefined : served, discovered, id].find((name) => name !== undefined) ?? '';
      expect(resolveModelName({ spec, discovered, ignoresServedName })).toBe(expected);
    }));
  });
});

describe('a provider that ignores servedName', () => {
  const llamaCpp = (props: Partial<ModelDeploymentProps> = {}) => {
    const [chart] = chartsOf('team-a');
    const gateway = new InferenceGateway(chart, 'gw', { implementation: GatewayImplementation.istio() });
    const model = new ModelDeployment(chart, 'phi', {
      gateway,
      provider: ProviderGateway.kaito(chart, 'kaito'),
      model: Model.huggingFace('phi-4', { servedName: 'served' }),
      engine: Engine.llamaCpp(),
      image: 'llama:1',
      ...props,
    });
    return { chart, model };
  };

  test('answers to the id, which is a guess that is pointed out', () => {
    const { chart, model } = llamaCpp();
    expect(model.modelName).toBe('phi-4');
    expect(warningsOf(chart)).toContainEqual(expect.stringMatching(
      /^warning team-a\/phi: IGW207 spec\.model\.id is "phi-4": is what the route matches on, and this provider ignores servedName; set `modelName`/,
    ));
  });

  test.each([{ modelName: 'm' }, { discoveredModelName: 'm' }])('is no guess with %j', (props) => {
    const { chart, model } = llamaCpp(props);
    expect(model.modelName).toBe('m');
    expect(warningsOf(chart).filter((line) => line.includes('IGW207'))).toEqual([]);
  });
});

describe('a custom model', () => {
  test('with an id is routed by a guess that is pointed out', () => {
    const { chart, model } = deploy({ model: Model.custom({ id: 'mine' }) });
    expect(model.modelName).toBe('mine');
    expect(warningsOf(chart)).toEqual([
      expect.stringMatching(/IGW207 spec\.model\.id is "mine": is what the route matches on, and the server decides which name it answers to/),
    ]);
  });

  const nameless = { model: Model.custom() };

  test('fails without any name behind a Gateway', () => {
    expect(() => deploy(nameless)).toThrow(
      /IGW207 spec\.gateway\.modelName: is not known: the container decides, and a route cannot match on an empty name; set `modelName`, or/,
    );
  });

  test('needs none without a Gateway, with a route of the user’s, or when it is said', () => {
    for (const props of [{ gatewayEnabled: false }, { gateway: undefined }, { httpRouteRef: 'mine' }]) {
      expect(deploy({ ...nameless, ...props }).model.modelName).toBe('');
    }
    expect(headerOf(deploy({ ...nameless, modelName: 'm' }).chart)).toBe('m');
  });

  test('is a warning for a controller, which asks the running server', () => {
    const { chart } = deploy({ ...nameless, rendering: Rendering.CONTROLLER });
    expect(idsOf(chart)).toContain('ModelDeployment team-a/qwen3');
    expect(warningsOf(chart)).toEqual([expect.stringMatching(/IGW207 spec\.gateway\.modelName: is not known/)]);
  });
});

describe('a name that two models answer to', () => {
  function twice(rendering: Rendering, ...namespaces: string[]): string[] {
    const [platform, ...teams] = chartsOf('gateway-system', ...namespaces);
    const gateway = new InferenceGateway(platform, 'gw', { implementation: GatewayImplementation.kgateway() });
    teams.forEach((team, index) => new ModelDeployment(team, `m${index}`, {
      gateway, rendering, model: Model.huggingFace('a/b'), engine: Engine.vllm(), provider: ProviderGateway.vllm(team, 'vllm', { register: false }),
    }));
    return warningsOf(platform);
  }

  test.each([Rendering.STATIC, Rendering.CONTROLLER])('is a warning that names both, rendered %s', (rendering) => {
    expect(twice(rendering, 'team-a', 'team-b')).toEqual([
      expect.stringMatching(/^warning team-b\/m1.*: IGW403 modelName is "a\/b": is also the name team-a\/m0.* answers to on Gateway /),
    ]);
  });

  test('is not the same on two Gateways, nor with a route of the user’s', () => {
    const [chart] = chartsOf('team-a');
    const add = (id: string, props: Partial<ModelDeploymentProps>) => new ModelDeployment(chart, id, {
      rendering: Rendering.CONTROLLER, model: Model.huggingFace('a/b'), engine: Engine.vllm(), ...props,
    });
    const [one, two] = ['one', 'two'].map((id) => new InferenceGateway(chart, id, { implementation: GatewayImplementation.kgateway() }));
    add('a', { gateway: one });
    add('b', { gateway: two });
    add('c', { gateway: two, httpRouteRef: 'mine' });
    expect(warningsOf(chart)).toEqual([]);
  });
});
