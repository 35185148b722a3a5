import { rule } from '../../../../src/graph/rules/serving/router-filter-ignored';
import { filter, spec } from '../../changes';
import { linesOf } from '../../lint';
import { object } from '../../objects';
import { Change, workingSet } from '../../working-set';

test('the filter of a working set', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

const patch = (change: (patch: any) => void): Change => spec('EnvoyFilter gateway/body-based-router', ({ configPatches }) => { change(configPatches[0]); });
const lines = (change: any) => linesOf(workingSet({}, change), rule);

test('what may be left out or written otherwise', () => {
  expect(lines(patch((one) => { delete one.match; }))).toEqual([]);
  expect(lines(patch((one) => { one.match.context = 'ANY'; }))).toEqual([]);
  expect(lines(filter((config) => { config.processing_mode = { request_body_mode: 4 }; }))).toEqual([]);
  expect(lines(filter((config) => { config.grpc_service = { google_grpc: { target_uri: 'x' } }; }))).toEqual([]);
});

test('filters of others, and a patch of the filter that another one adds', () => {
  const merged = (name: string, applyTo = 'HTTP_FILTER') => object('networking.istio.io/v1alpha3', 'EnvoyFilter', `gateway/${name}`, {
    spec: { configPatches: [{ applyTo, patch: { operation: 'MERGE', value: { name: 'envoy.filters.http.ext_proc.bbr', typed_config: {} } } }] },
  });
  expect(linesOf([...workingSet(), merged('bbr-timeouts'), merged('bbr-cluster', 'CLUSTER'), merged('lua')], rule)).toEqual([]);
});

test.each([
  ['no applyTo', patch((one) => { delete one.applyTo; }), 'error EnvoyFilter gateway/body-based-router: IGW1226 spec.configPatches[0].applyTo: is missing: Istio refuses the EnvoyFilter, and no model is read from the bodies of requests; allowed: HTTP_FILTER; set HTTP_FILTER'],
  ['another applyTo', patch((one) => { one.applyTo = 'NETWORK_FILTER'; }), 'applyTo is "NETWORK_FILTER": is no place for a filter of HTTP requests'],
  ['no operation', patch((one) => { delete one.patch.operation; }), 'patch.operation: is missing'],
  ['an operation that adds nothing', patch((one) => { one.patch.operation = 'MERGE'; }), 'patch.operation is "MERGE": adds no filter, and none of that name is there: it is ignored'],
  ['sidecars', patch((one) => { one.match.context = 'SIDECAR_INBOUND'; }), 'match.context is "SIDECAR_INBOUND": is not the proxies of a Gateway'],
  ['another filter to go into', patch((one) => { one.match.listener.filterChain.filter.name = 'envoy.filters.network.tcp_proxy'; }), 'is no filter that a Gateway has: it is ignored'],
  ['no filter to go into', patch((one) => { one.match.listener.filterChain.filter = {}; }), 'filter.name: is missing: Istio refuses'],
  ['no name', patch((one) => { delete one.patch.value.name; }), 'patch.value.name: is missing: Envoy refuses the configuration of the listener'],
  ['no type', filter((config) => { delete config['@type']; }), 'typed_config.@type: is missing: Istio refuses'],
  ['another type', filter((config) => { config['@type'] = 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua'; }), 'is not the filter that calls a body-based router'],
  ['text for a boolean', filter((config) => { config.failure_mode_allow = 'false'; }), 'failure_mode_allow is "false": is not true or false'],
  ['no such mode', filter((config) => { config.processing_mode.request_body_mode = 'STREAM'; }), 'request_body_mode is "STREAM": is no such mode: Istio refuses the EnvoyFilter, and no model is read from the bodies of requests; allowed: NONE, STREAMED, '],
  ['no cluster', filter((config) => { config.grpc_service = {}; }), 'cluster_name: is missing: Envoy refuses the configuration of the listener'],
])('fails with %s', (_, change, message) => {
  expect(lines(change)).toEqual([expect.stringContaining(message)]);
});
