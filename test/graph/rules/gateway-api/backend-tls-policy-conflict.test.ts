import { rule } from '../../../../src/graph/rules/gateway-api/backend-tls-policy-conflict';
import { linesOf } from '../../lint';
import { object } from '../../objects';

const policy = (name: string, sectionName?: string, created?: string) => object('gateway.networking.k8s.io/v1', 'BackendTLSPolicy', `a/${name}`, {
  metadata: { name, namespace: 'a', creationTimestamp: created }, spec: { targetRefs: [{ group: '', kind: 'Service', name: 's', sectionName }] },
});

test('policies of several ports, and of the Service as a whole', () => {
  expect(linesOf([policy('a'), policy('b', 'https'), policy('c', 'admin')], rule)).toEqual([]);
});

test('the same policy twice is told once, elsewhere', () => {
  expect(linesOf([policy('a'), policy('a')], rule)).toEqual([]);
});

test('fails for the later of two policies', () => {
  expect(linesOf([policy('b'), policy('a')], rule)).toEqual([
    'error BackendTLSPolicy a/b: IGW1807 spec.targetRefs[0] is "Service s": is the target of BackendTLSPolicy a/a as well, which is the one that counts; leave one of them out, or give each its sectionName',
  ]);
  expect(linesOf([policy('b', 'x', '2025-01-01T00:00:00Z'), policy('a', 'x', '2025-02-01T00:00:00Z')], rule)).toEqual([expect.stringContaining('BackendTLSPolicy a/a: IGW1807')]);
});
