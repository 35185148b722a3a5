import { destinationRuleManifest } from '../../src/policy';

test('the smallest rule trusts the self-signed certificate of a Service', () => {
  expect(destinationRuleManifest({ name: 'epp', namespace: 'team-a', service: 'epp', version: 'v1' })).toEqual({
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'epp', namespace: 'team-a' },
    spec: { host: 'epp.team-a.svc.cluster.local', trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } } },
  });
});

test('the rule may have another name than the Service, and another version', () => {
  expect(destinationRuleManifest({ name: 'rule', namespace: 'team-a', service: 'epp', version: 'v1beta1' })).toMatchObject({
    apiVersion: 'networking.istio.io/v1beta1', metadata: { name: 'rule' }, spec: { host: 'epp.team-a.svc.cluster.local' },
  });
});
