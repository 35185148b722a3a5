import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/serving/router-tls-not-spoken';
import { router } from '../../changes';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const eg = (...changes: Change[]) => workingSet({ implementation: GatewayImplementation.envoyGateway() }, ...changes);
const SECURE = router(({ args }) => { args.splice(args.indexOf('--secure-serving=false'), 1); });
const POLICY = {
  apiVersion: 'gateway.networking.k8s.io/v1', kind: 'BackendTLSPolicy', metadata: { name: 'p', namespace: 'gateway' }, spec: { targetRefs: [{ group: '', kind: 'Service', name: 'body-based-router' }] },
};

test('plaintext on both sides, TLS on both, and gateways of others', () => {
  expect(linesOf(eg(), rule)).toEqual([]);
  expect(linesOf([...eg(SECURE), POLICY], rule)).toEqual([]);
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for a router that serves TLS', () => {
  expect(linesOf(eg(SECURE), rule)).toEqual([
    'error Deployment gateway/body-based-router: IGW1224 spec.template.spec.containers[0].args: serves TLS, and Envoy Gateway speaks plaintext to it: no BackendTLSPolicy targets Service '
    + 'gateway/body-based-router; every request through the gateway answers 500; add the flag --secure-serving=false',
  ]);
});

test('fails for a policy before a router that does not', () => {
  expect(linesOf([...eg(), POLICY], rule)).toEqual([expect.stringContaining('BackendTLSPolicy gateway/p: IGW1224 spec.targetRefs: makes Envoy Gateway speak TLS to Deployment gateway/body-based-router')]);
});
