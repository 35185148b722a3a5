import { ApiObject, Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { AllowedRoutes, GatewayImplementation, GatewayListener, InferenceGateway } from '../../src/gateway';
import { chartsOf } from '../synth';

const implementation = GatewayImplementation.istio();

/** The allowed routes of a Gateway in namespace `edge` after routes of these namespaces attached. */
function routesOf(allowedRoutes: AllowedRoutes | undefined, ...namespaces: string[]): any {
  const [chart] = chartsOf('edge');
  const gateway = new InferenceGateway(chart, 'gw', { implementation, allowedRoutes });
  namespaces.forEach((namespace) => gateway.attach(chart, { namespace }));
  return ApiObject.of(gateway).toJson().spec.listeners[0].allowedRoutes?.namespaces;
}

const inList = (...values: string[]) => ({
  from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
});

test('the smallest gateway accepts routes of its own namespace', () => {
  expect(routesOf(undefined)).toEqual({ from: 'Same' });
});

describe('attached', () => {
  test('is Same while only the own namespace attaches', () => {
    expect(routesOf(AllowedRoutes.attached(), 'edge', 'edge')).toEqual({ from: 'Same' });
  });

  test('lists the own namespace and those of routes, sorted, each once', () => {
    expect(routesOf(AllowedRoutes.attached(), 'team-b', 'team-a', 'edge', 'team-b')).toEqual(inList('edge', 'team-a', 'team-b'));
  });

  test('lists the own namespace though nothing of it attaches', () => {
    expect(routesOf(undefined, 'a')).toEqual(inList('a', 'edge'));
  });

  test('goes for every listener', () => {
    const [chart] = chartsOf('edge');
    const listeners = [GatewayListener.http(), GatewayListener.http({ name: 'two', port: 8080 })];
    const gateway = new InferenceGateway(chart, 'gw', { implementation, listeners });
    gateway.attach(chart, { namespace: 'a' });
    const namespaces = gateway.gateway.toJson().spec.listeners.map((listener: any) => listener.allowedRoutes.namespaces);
    expect(namespaces).toEqual([inList('a', 'edge'), inList('a', 'edge')]);
  });

  test('sees routes that attach after the Gateway was read once', () => {
    const [chart] = chartsOf('edge');
    const gateway = new InferenceGateway(chart, 'gw', { implementation });
    expect(gateway.gateway.toJson().spec.listeners[0].allowedRoutes.namespaces).toEqual({ from: 'Same' });
    gateway.attach(chart, { namespace: 'late' });
    expect(gateway.gateway.toJson().spec.listeners[0].allowedRoutes.namespaces).toEqual(inList('edge', 'late'));
  });

  test('forgets a route that was removed', () => {
    const [chart, team] = chartsOf('edge', 'team-a');
    const gateway = new InferenceGateway(chart, 'gw', { implementation });
    gateway.attach(team, { namespace: 'team-a' });
    chart.node.root.node.tryRemoveChild('team-a');
    expect(gateway.gateway.toJson().spec.listeners[0].allowedRoutes.namespaces).toEqual({ from: 'Same' });
  });

  test('is the sorted union in any order, and synth may ask twice', () => {
    const names = fc.array(fc.constantFrom('edge', 'a', 'b', 'team-10', 'team-9', 'z', '0'), { maxLength: 12 });
    const twice = names.chain((attached) => fc.tuple(fc.constant(attached), fc.shuffledSubarray(attached, { minLength: attached.length })));
    fc.assert(fc.property(twice, ([attached, shuffled]) => {
      const expected = [...new Set(['edge', ...attached])].sort();
      const routes = routesOf(undefined, ...attached);
      expect(routes).toEqual(expected.length === 1 ? { from: 'Same' } : inList(...expected));
      expect(routesOf(undefined, ...shuffled, ...attached)).toEqual(routes);
    }), { numRuns: 50 });
  });
});

test('all accepts every namespace', () => {
  expect(routesOf(AllowedRoutes.all(), 'team-a')).toEqual({ from: 'All' });
});

test('a selector of one\'s own is written as it is', () => {
  expect(routesOf(AllowedRoutes.matchLabels({ tenant: 'ml' }), 'team-a')).toEqual({ from: 'Selector', selector: { matchLabels: { tenant: 'ml' } } });
});

test('unmanaged writes nothing, whoever attaches', () => {
  expect(routesOf(AllowedRoutes.unmanaged(), 'team-a')).toBeUndefined();
});

describe('same', () => {
  test('accepts routes of the own namespace', () => {
    expect(routesOf(AllowedRoutes.same(), 'edge')).toEqual({ from: 'Same' });
  });

  test('fails for a route of another namespace, with the path of the route', () => {
    const [chart, team] = chartsOf('edge', 'team-a');
    const gateway = new InferenceGateway(chart, 'gw', { implementation, allowedRoutes: AllowedRoutes.same() });
    expect(() => gateway.attach(team, { namespace: 'team-a' })).toThrow(new Error(
      'team-a: 1 mistake\n  IGW402 allowedRoutes is "Same": keeps the route of namespace team-a from attaching to Gateway edge/gw; ' +
      'allowed: routes of namespace edge; use AllowedRoutes.attached(), which lists exactly the namespaces in use',
    ));
  });
});

describe('of a manifest', () => {
  function updated(namespaces: object | undefined, attached: string[], own = 'edge'): any {
    const chart = Testing.chart();
    return listenerOf(chart, namespaces && { namespaces }, attached, own).allowedRoutes?.namespaces;
  }

  function listenerOf(chart: Chart, allowedRoutes: object | undefined, attached: string[], own: string): any {
    const gateway = InferenceGateway.fromManifest(chart, 'gw', {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'Gateway',
      metadata: { name: 'gw', namespace: own },
      spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', protocol: 'HTTP', port: 80, allowedRoutes }] },
    }, { allowedRoutes: AllowedRoutes.attached() });
    attached.forEach((namespace) => gateway.attach(chart, { namespace }));
    return gateway.gateway.toJson().spec.listeners[0];
  }

  const legacy = (...values: string[]) => ({
    from: 'Selector', selector: { matchLabels: Object.fromEntries(values.map((value) => ['kubernetes.io/metadata.name', value])) },
  });

  test('All stays: everyone is accepted already', () => {
    expect(updated({ from: 'All' }, ['a'])).toEqual({ from: 'All' });
  });

  test('Same becomes a list once another namespace attaches, and stays otherwise', () => {
    expect(updated({ from: 'Same' }, ['edge'])).toEqual({ from: 'Same' });
    expect(updated({ from: 'Same' }, ['a'])).toEqual(inList('a', 'edge'));
    expect(updated({}, ['a'])).toEqual(inList('a', 'edge'));
  });

  test('nothing is Same, or a list once another namespace attaches', () => {
    expect(updated(undefined, [])).toEqual({ from: 'Same' });
    expect(updated(undefined, ['a'])).toEqual(inList('a', 'edge'));
  });

  test('a list keeps who is on it', () => {
    expect(updated(inList('x', 'edge'), ['a'])).toEqual(inList('a', 'edge', 'x'));
  });

  test('a list stays as it is while nobody new attaches', () => {
    expect(updated(inList('x', 'a'), [])).toEqual(inList('x', 'a'));
    expect(updated(inList('x', 'edge'), ['edge'])).toEqual(inList('x', 'edge'));
    expect(updated(inList('x', 'a'), ['a'])).toEqual(inList('x', 'a'));
    expect(updated(inList('x', 'edge', 'a'), ['a', 'edge'])).toEqual(inList('x', 'edge', 'a'));
    expect(updated(legacy('a'), ['a'])).toEqual(legacy('a'));
  });

  test('a list without the own namespace gets it when a route of it attaches', () => {
    expect(updated(inList('x'), ['edge'])).toEqual(inList('edge', 'x'));
  });

  test('a label that names a namespace counts as a list', () => {
    expect(updated(legacy('team-z'), ['a'])).toEqual(inList('a', 'edge', 'team-z'));
  });

  test('several requirements accept what meets all of them, and it does not become more', () => {
    const both = { ...inList('x', 'y').selector, ...legacy('y').selector };
    expect(updated({ from: 'Selector', selector: both }, ['a'])).toEqual(inList('a', 'edge', 'y'));
  });

  test.each<[string, object]>([
    ['other labels', { matchLabels: { tenant: 'ml' } }],
    ['names and other labels', { matchLabels: { 'tenant': 'ml', 'kubernetes.io/metadata.name': 'x' } }],
    ['another operator', { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['x'] }] }],
    ['another key', { matchExpressions: [{ key: 'tenant', operator: 'In', values: ['x'] }] }],
    ['nothing, which is every namespace', {}],
  ])('a selector by %s stays', (_, selector) => {
    expect(updated({ from: 'Selector', selector }, ['a'])).toEqual({ from: 'Selector', selector });
  });

  test('a list of nobody becomes one of those who attach', () => {
    const nobody = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In' }] };
    expect(updated({ from: 'Selector', selector: nobody }, ['a'])).toEqual(inList('a', 'edge'));
  });

  test('the kinds of a listener stay', () => {
    const kinds = [{ kind: 'HTTPRoute' }];
    expect(listenerOf(Testing.chart(), { kinds }, ['a'], 'edge').allowedRoutes).toEqual({ kinds, namespaces: inList('a', 'edge') });
  });

  test('nobody is ever evicted, everyone who attached is accepted, and a second round changes nothing', () => {
    const names = fc.uniqueArray(fc.constantFrom('edge', 'a', 'b', 'c', 'd'), { maxLength: 5 });
    const lists = names.filter(({ length }) => length > 0).map((list) => inList(...list));
    const present = fc.oneof(fc.constant({ from: 'Same' }), fc.constant(undefined), lists);
    fc.assert(fc.property(present, names, (before, attached) => {
      const accepted = (namespaces: any): string[] => (
        namespaces?.from === 'Selector' ? namespaces.selector.matchExpressions[0].values : ['edge']
      );
      const after = updated(before, attached);
      expect(accepted(after)).toEqual(expect.arrayContaining([...accepted(before), ...attached]));
      expect(updated(after, attached)).toEqual(after);
    }));
  });
});
