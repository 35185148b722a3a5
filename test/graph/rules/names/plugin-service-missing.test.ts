import { rule } from '../../../../src/graph/rules/names/plugin-service-missing';
import { linesOf } from '../../lint';
import { edit, workingSet } from '../../working-set';

const CLUSTER = ['patch', 'value', 'typed_config', 'grpc_service', 'envoy_grpc'];
const cluster = (name: string) => workingSet({}, ['EnvoyFilter gateway/body-based-router', ({ spec }) => {
  CLUSTER.reduce((at, step) => at[step], spec.configPatches[0]).cluster_name = name;
}]);

test('a filter with its Service', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without the Service of the body-based router', () => {
  expect(linesOf(edit(workingSet(), ['Service gateway/body-based-router', null]), rule)).toEqual([
    expect.stringMatching(/cluster_name is "outbound\|9004\|\|body-based-router.gateway.svc.cluster.local": leads to no Service: there is none named body-based-router in namespace gateway/),
  ]);
});

test('fails for a cluster of another namespace', () => {
  expect(linesOf(cluster('outbound|9004||body-based-router.default.svc.cluster.local'), rule)).toEqual([
    expect.stringContaining('leads to no Service: there is none named body-based-router in namespace default; name body-based-router.gateway'),
  ]);
});

test('fails for a name that Istio makes no cluster of', () => {
  expect(linesOf(cluster('outbound|9004||body-based-router'), rule)).toEqual([
    expect.stringContaining('is no name of a cluster that Istio makes; allowed: outbound|<port>||<service>.<namespace>.svc.cluster.local'),
  ]);
});

test('fails for a port of another external processor that its Service does not have', () => {
  const [filter] = workingSet().filter(({ kind }) => kind === 'EnvoyFilter');
  const other = JSON.parse(JSON.stringify(filter).replaceAll('body-based-router.gateway', 'checker.gateway').replaceAll('bbr', 'checks').replaceAll('"name":"body-based-router"', '"name":"checks"'));
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'checker', namespace: 'gateway' }, spec: { ports: [{ port: 9000 }] } };
  expect(linesOf([other, service], rule)).toEqual([expect.stringContaining('has port 9004, which is no port of Service gateway/checker; allowed: 9000')]);
});
