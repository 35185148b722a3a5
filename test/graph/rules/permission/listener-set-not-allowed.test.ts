import { rule } from '../../../../src/graph/rules/permission/listener-set-not-allowed';
import { linesOf } from '../../lint';
import { gateway, listener, listenerSet, object } from '../../objects';

const own = (namespaces?: object) => gateway('a/g', [listener()], namespaces ? { allowedListeners: { namespaces } } : {});
const set = listenerSet('b/s', 'a/g', [listener({ port: 81 })]);

test('a Gateway that takes it, or is not in the set', () => {
  expect(linesOf([own({ from: 'All' }), set], rule)).toEqual([]);
  expect(linesOf([set], rule)).toEqual([]);
});

test.each([[undefined, 'None'], [{ from: 'None' }, 'None'], [{ from: 'Same' }, 'Same']])('fails for %j', (namespaces, words) => {
  expect(linesOf([own(namespaces), set], rule)).toEqual([
    `error ListenerSet b/s: IGW1106 spec.parentRef is "a/g": takes no ListenerSets from namespace b: its allowedListeners.namespaces.from is ${words}; `
    + 'set spec.allowedListeners.namespaces.from of the Gateway to All, or to Selector with labels of the namespace',
  ]);
});

test('fails for labels that the Namespace does not have', () => {
  const selector = { matchLabels: { team: 'b' } };
  expect(linesOf([own({ from: 'Selector', selector }), set, object('v1', 'Namespace', 'b')], rule)).toEqual([expect.stringContaining('give Namespace b the labels that the Gateway selects')]);
});
