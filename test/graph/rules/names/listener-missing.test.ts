import { rule } from '../../../../src/graph/rules/names/listener-missing';
import { linesOf } from '../../lint';
import { gateway, listener, listenerSet, route } from '../../objects';

const own = gateway('a/g', [listener(), listener({ name: 'alt', port: 8080 })]);

test.each([{}, { sectionName: 'http' }, { port: 8080 }, { sectionName: 'alt', port: 8080 }])('a route to %j', (part) => {
  expect(linesOf([own, route('a/r', { name: 'g', ...part })], rule)).toEqual([]);
});

test.each([
  [{ sectionName: 'http1' }, 'spec.parentRefs[0].sectionName is "http1": is no listener of Gateway a/g: no request reaches the route that way; allowed: http, alt; name a listener, or leave sectionName out'],
  [{ port: 81 }, 'spec.parentRefs[0].port is 81: is the port of no listener of Gateway a/g: no request reaches the route that way; allowed: 80, 8080; name the port'],
  [{ sectionName: 'http', port: 8080 }, 'spec.parentRefs[0].port is 8080: is not the port of listener http of Gateway a/g: no request reaches the route that way; allowed: 80; name the port'],
])('fails for a route to %j', (part, message) => {
  expect(linesOf([own, route('a/r', { name: 'g', ...part })], rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for a listener that only a ListenerSet adds, when the route names the Gateway', () => {
  const open = gateway('a/g', [listener()], { allowedListeners: { namespaces: { from: 'Same' } } });
  const set = listenerSet('a/s', 'a/g', [listener({ name: 'extra', port: 81 })]);
  expect(linesOf([open, set, route('a/r', { name: 's', kind: 'ListenerSet', sectionName: 'extra' })], rule)).toEqual([]);
  expect(linesOf([open, set, route('a/r', { name: 'g', sectionName: 'extra' })], rule)).toEqual([expect.stringContaining('is no listener of Gateway a/g: no request reaches the route that way; allowed: http')]);
});
