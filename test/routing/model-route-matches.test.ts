import * as fc from 'fast-check';
import { warningsOf } from '../../src/core';
import { GatewayImplementation } from '../../src/gateway';
import { ModelRoute, ModelRouteProps } from '../../src/routing';
import { checkPath } from '../../src/routing/validation/check-paths';
import { idsOf } from '../synth';
import { pool, routeOf, setUp } from './route-of';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the smallest route has one match, by model name', () => {
  expect(routeOf().spec.rules[0].matches).toHaveLength(1);
});

describe('several names', () => {
  const matchesOf = (props: Partial<ModelRouteProps>) => routeOf(props).spec.rules[0].matches.map(({ headers }: any) => headers[0]);
  const header = (value: string, name = 'X-Gateway-Model-Name') => ({ type: 'Exact', name, value });

  test('are one match each', () => {
    expect(matchesOf({ additionalModelNames: ['qwen', 'latest'], loraAdapters: ['sql'] })).toEqual(['qwen3', 'qwen', 'latest', 'sql'].map((n) => header(n)));
  });

  test('are known to the construct', () => {
    const { team, gateway } = setUp();
    const route = new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', additionalModelNames: ['qwen'], loraAdapters: ['sql'] });
    expect(route).toMatchObject({ modelName: 'qwen3', modelNames: ['qwen3', 'qwen', 'sql'] });
  });

  test('match the base model too, which the body-based router sets for LoRA adapters of its ConfigMaps', () => {
    expect(matchesOf({ matchBaseModel: true })).toEqual([header('qwen3'), header('qwen3', 'X-Gateway-Base-Model-Name')]);
  });

  test.each([GatewayImplementation.agentgateway(), GatewayImplementation.higress()])('warn of the base model on $gatewayClassName, which reads no adapters', (own) => {
    const { team, gateway } = setUp(own);
    new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', matchBaseModel: true });
    expect(warningsOf(team)).toEqual([
      `warning team-a/route: IGW402 matchBaseModel is true: matches the header X-Gateway-Base-Model-Name, which ${own.gatewayClassName} does not set: ` +
      'there is no body-based router that reads the adapters; list the adapters in `loraAdapters`',
    ]);
  });

  test('warn when another route answers to one of them', () => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool, modelName: 'qwen3', loraAdapters: ['sql'], name: 'a' });
    new ModelRoute(team, 'b', { gateway, pool, modelName: 'llama', loraAdapters: ['sql'], name: 'b' });
    expect(warningsOf(team)).toEqual([expect.stringMatching(/^warning team-a\/b: IGW403 modelName is "sql": is also the name team-a\/a answers to/)]);
  });

  test('fails when one is empty, too long or given twice', () => {
    expect(() => routeOf({ additionalModelNames: ['', 'a'.repeat(4097), 'qwen3'], loraAdapters: [''] })).toThrow(new RegExp([
      ': 4 mistakes',
      '  IGW207 additionalModelNames\\[0\\]: is empty, and a route matches on it; set `additionalModelNames` to .*',
      '  IGW502 additionalModelNames\\[1\\] is "a.*: is too long for a header; allowed: at most 4096 characters; choose a shorter name',
      '  IGW502 additionalModelNames\\[2\\] is "qwen3": is a name the route answers to already; remove it',
      '  IGW207 loraAdapters\\[0\\]: is empty, and a route matches on it; .*$',
    ].join('\n')));
  });

  test('fails for more than a rule has room for', () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `adapter-${index}`);
    expect(matchesOf({ loraAdapters: names(63) })).toHaveLength(64);
    expect(matchesOf({ loraAdapters: names(62), matchBaseModel: true })).toHaveLength(64);
    expect(() => routeOf({ loraAdapters: names(63), matchBaseModel: true })).toThrow(
      'IGW502 additionalModelNames: makes 65 matches with all other names; allowed: at most 64 in a rule; ' +
      'use a second route, or `matchBaseModel` for LoRA adapters',
    );
  });
});

describe('what else requests must match', () => {
  test('is in every match, and on the route', () => {
    const { spec } = routeOf({
      loraAdapters: ['sql'], headers: { 'X-Tier': 'gold' }, pathPrefix: '/v1', hostnames: ['ai.example.com', '*.example.org'], sectionName: 'https',
    });
    expect(spec.parentRefs).toEqual([{ name: 'gw', namespace: 'gateway-system', sectionName: 'https' }]);
    expect(spec.hostnames).toEqual(['ai.example.com', '*.example.org']);
    expect(spec.rules[0].matches).toEqual(['qwen3', 'sql'].map((value) => ({
      path: { type: 'PathPrefix', value: '/v1' },
      headers: [{ type: 'Exact', name: 'X-Gateway-Model-Name', value }, { type: 'Exact', name: 'X-Tier', value: 'gold' }],
    })));
  });

  test.each<Partial<ModelRouteProps>>([
    { hostnames: ['b.example.com'] }, { sectionName: 'https' }, { headers: { 'x-tier': 'gold' } }, { pathPrefix: '/b' },
  ])('lets two routes answer to one name when it differs: %j', (props) => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool, modelName: 'qwen3', name: 'a' });
    new ModelRoute(team, 'b', { gateway, pool, modelName: 'qwen3', name: 'b', ...props });
    expect(warningsOf(team)).toEqual([]);
    new ModelRoute(team, 'c', { gateway, pool, modelName: 'qwen3', name: 'c', ...props });
    expect(warningsOf(team)).toEqual([expect.stringMatching(/^warning team-a\/c: IGW403 .* the name team-a\/b answers to/)]);
  });

  test('is the same in another order and in another case', () => {
    const { team, gateway } = setUp();
    new ModelRoute(team, 'a', { gateway, pool, modelName: 'q', name: 'a', headers: { 'A': '1', 'X-B': '2' }, hostnames: ['a.b', 'c.d'] });
    new ModelRoute(team, 'b', { gateway, pool, modelName: 'q', name: 'b', headers: { 'x-b': '2', 'a': '1' }, hostnames: ['c.d', 'a.b'] });
    expect(warningsOf(team)).toHaveLength(1);
  });

  test('gets its host names a catch-all on Envoy Gateway', () => {
    const { platform, team, gateway } = setUp(GatewayImplementation.envoyGateway());
    gateway.addBodyBasedRouter();
    new ModelRoute(team, 'route', { gateway, pool, modelName: 'qwen3', hostnames: ['ai.example.com'] });
    expect(idsOf(platform)).toContain('HTTPRoute gateway-system/body-based-router-ai.example.com');
  });

  test.each<[Partial<ModelRouteProps>, string]>([
    [{ hostnames: ['https://a'] }, 'hostnames[0] is "https://a": is not a host name; allowed: a lower-case DNS name, with or without a leading *.; remove scheme, port and path'],
    [{ hostnames: ['10.0.0.1'] }, 'hostnames[0] is "10.0.0.1": is not a host name'],
    [{ hostnames: ['a.b', 'a.b'] }, 'hostnames[1] is "a.b": is given twice; remove one of the two'],
    [{ hostnames: Array.from({ length: 17 }, (_, n) => `h${n}`) }, 'hostnames: has 17 names; allowed: at most 16; use a wildcard such as *.example.com, or a second route'],
    [{ headers: { 'x y': 'a' } }, 'headers is "x y": is not a header name'],
    [{ headers: { 'X-A': '1', 'x-a': '2' } }, 'headers is "x-a": is given twice, header names being the same in upper and lower case; remove one'],
    [{ headers: { a: '' } }, 'headers.a is "": is not a header value the Gateway API takes; allowed: 1 to 4096 characters; set a value, or remove the header'],
    [{ headers: { a: 'a'.repeat(4097) } }, 'is not a header value the Gateway API takes; allowed: 1 to 4096 characters; set a shorter value'],
    [{ headers: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`h${n}`, 'v'])) }, 'headers: has 16 headers; allowed: at most 15; remove some, or use a second route'],
    [{ headers: { 'x-gateway-model-name': 'a' } }, 'headers is "x-gateway-model-name": is the header that carries the model name; use `modelName`'],
    [{ headers: { 'X-Gateway-Base-Model-Name': 'a' } }, 'headers is "X-Gateway-Base-Model-Name": is the header that carries the model name'],
    [{ pathPrefix: 'v1' }, 'pathPrefix is "v1": is not a path the Gateway API matches; allowed: up to 1024 characters, starting with /, without //, /./, /../, %2F, ? and #; write the path alone'],
  ])('fails on %j', (props, message) => {
    expect(() => routeOf(props)).toThrow(new RegExp(`: 1 mistake\\n  IGW502 .*${escaped(message)}`));
  });

  test('fails on a listener that cannot be one', () => {
    expect(() => routeOf({ sectionName: 'HTTP' })).toThrow('IGW101 sectionName is "HTTP": is not a valid name here');
  });

  test('a path is accepted exactly when the CRD accepts it', () => {
    // The CRD's rules, as its CEL expressions say them.
    const accepts = (path: string) => path.startsWith('/') && path.length <= 1024
      && !['//', '/./', '/../', '%2f', '%2F', '#'].some((part) => path.includes(part)) && !/\/\.{1,2}$/.test(path)
      && /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$/.test(path);
    const parts = fc.constantFrom('/', '.', '..', 'v1', '%2F', '%20', '%', '#', '?', 'é', ' ', '@', 'a'.repeat(600));
    fc.assert(fc.property(fc.array(parts, { maxLength: 6 }).map((path) => `/${path.join('')}`), (path) => {
      expect(checkPath('path', path).length === 0).toBe(accepts(path));
    }));
  });
});

describe('headers of the request', () => {
  test('are set and removed', () => {
    const { filters } = routeOf({ setRequestHeaders: { 'x-tenant': 'a', 'x-b': '1' }, removeRequestHeaders: ['cookie'] }).spec.rules[0];
    expect(filters).toEqual([{
      type: 'RequestHeaderModifier',
      requestHeaderModifier: { set: [{ name: 'x-tenant', value: 'a' }, { name: 'x-b', value: '1' }], remove: ['cookie'] },
    }]);
    expect(routeOf({ removeRequestHeaders: ['cookie'] }).spec.rules[0].filters[0].requestHeaderModifier).toEqual({ remove: ['cookie'] });
  });

  test('fail when they are none', () => {
    expect(() => routeOf({ setRequestHeaders: { 'a:': 'b' }, removeRequestHeaders: Array.from({ length: 17 }, (_, n) => `h${n}`) })).toThrow(
      /: 2 mistakes\n {2}IGW502 setRequestHeaders is "a:": is not a header name; .*\n {2}IGW502 removeRequestHeaders: has 17 headers; allowed: at most 16/,
    );
  });
});
