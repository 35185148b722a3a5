import { rule } from '../../../../src/graph/rules/serving/metrics-rights-missing';
import { pickerFlags, spec } from '../../changes';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const METRICS: Change = spec('Service models/llama-epp', ({ ports }, { metadata }) => {
  metadata.labels = { app: 'llama-epp' };
  ports.push({ name: 'metrics', port: 9090 });
});
const monitor = (more: object = {}, port = 'metrics') => ({
  apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'm', namespace: 'models' }, spec: { selector: { matchLabels: { app: 'llama-epp' } }, endpoints: [{ port }], ...more },
});
const GRANT = [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' }, rules: [
    { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] }, { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  ] },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'r' }, roleRef: { kind: 'ClusterRole', name: 'r' }, subjects: [{ kind: 'ServiceAccount', name: 'llama-epp', namespace: 'models' }] },
];

test('metrics that nobody of the set scrapes', () => {
  expect(linesOf(workingSet({}, METRICS), rule)).toEqual([]);
});

test('fails for a monitor of a picker that may not check tokens', () => {
  expect(linesOf([...workingSet({}, METRICS), monitor()], rule)).toEqual([expect.stringMatching(
    /^warning ServiceMonitor models\/m: IGW1211 spec: scrapes the endpoint picker llama-epp, whose ServiceAccount llama-epp may not create tokenreviews of authentication.k8s.io/,
  )]);
});

test('fails for a monitor of pods', () => {
  const pods = { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', metadata: { name: 'm', namespace: 'gateway' }, spec: {
    selector: { matchLabels: { app: 'body-based-router' } }, podMetricsEndpoints: [{ targetPort: 9090 }],
  } };
  expect(linesOf([...workingSet(), pods], rule)).toEqual([expect.stringContaining('scrapes the body-based router')]);
});

test('rights, no authentication, another port, namespace or label', () => {
  expect(linesOf([...workingSet({}, METRICS), monitor(), ...GRANT], rule)).toEqual([]);
  expect(linesOf([...workingSet({}, METRICS, pickerFlags('--metrics-endpoint-auth=false')), monitor()], rule)).toEqual([]);
  expect(linesOf([...workingSet({}, METRICS), monitor({}, 'grpc-ext-proc')], rule)).toEqual([]);
  expect(linesOf([...workingSet({}, METRICS), monitor({ namespaceSelector: { matchNames: ['other'] } })], rule)).toEqual([]);
  expect(linesOf([...workingSet({}, METRICS), monitor({ selector: { matchLabels: { app: 'x' } } })], rule)).toEqual([]);
});
