import { ApiObject, Chart, Testing } from 'cdk8s';
import { EndpointPicker, EndpointPickerMonitoring, EndpointPickerOptions, EndpointPickerRuntime } from '../../src/pool';

/** Every right that anything of the pool may be given, as `group/resource verb`, and what it is for. */
const ALLOWED: Readonly<Record<string, RegExp>> = {
  'finds the pods to choose from': /^\/pods (get|watch|list)$/,
  'reads its pool': /^inference\.networking\.k8s\.io\/inferencepools (get|watch|list)$/,
  'reads priorities and rewrites': /^(inference\.networking\.x-k8s\.io|llm-d\.ai)\/(inferenceobjectives|inferencemodelrewrites) (get|watch|list)$/,
  'elects a leader': /^coordination\.k8s\.io\/leases (create|get|update)$/,
  'records who leads': /^\/events (create|patch)$/,
  'checks the token of who asks for metrics': /^(authentication\.k8s\.io\/tokenreviews|authorization\.k8s\.io\/subjectaccessreviews) create$/,
  'asks for metrics': /^\/metrics get$/,
  'GKE\'s collector reads one token': /^\/secrets\[qwen-epp-metrics-reader\] (get|list|watch)$/,
};

/** The rights a Role or ClusterRole gives, one by one. */
function rightsOf({ rules = [] }: { rules?: any[] }): string[] {
  return rules.flatMap(({ apiGroups, resources, resourceNames, nonResourceURLs = [], verbs }) => {
    const names = resourceNames ? `[${resourceNames.join(',')}]` : '';
    const things = [...nonResourceURLs, ...(apiGroups ?? []).flatMap((group: string) => resources.map((resource: string) => `${group}/${resource}${names}`))];
    return things.flatMap((thing) => verbs.map((verb: string) => `${thing} ${verb}`));
  });
}

const unexpected = (rights: string[]) => rights.filter((right) => !Object.values(ALLOWED).some((pattern) => pattern.test(right)));

function rolesOf(options: EndpointPickerOptions): any[] {
  const chart = new Chart(Testing.app(), 'team', { namespace: 'models' });
  new EndpointPicker(chart, 'picker', { poolName: 'qwen', namespace: 'models', ...options });
  return Testing.synth(chart).filter(({ kind }) => /^(Cluster)?Role$/.test(kind));
}

const runtimes = [
  EndpointPickerRuntime.GAIE_1_4, EndpointPickerRuntime.GAIE_1_5, EndpointPickerRuntime.LLMD_SCHEDULER_0_6, EndpointPickerRuntime.LLMD_ROUTER_0_9,
  EndpointPickerRuntime.LLMD_ROUTER_0_10,
];
const variants: EndpointPickerOptions[] = [
  {}, { replicas: 3 }, { metricsAuth: true }, { metricsAuth: false }, { monitoring: EndpointPickerMonitoring.serviceMonitor() },
  { monitoring: EndpointPickerMonitoring.podMonitoring() },
];

test('the smallest Role has no right that is not on the list', () => {
  expect(unexpected(rolesOf({}).flatMap(rightsOf))).toEqual([]);
});

test.each(runtimes.flatMap((runtime) => variants.map((variant) => [runtime.name, JSON.stringify(variant), { runtime, ...variant }] as const)))(
  '%s %s', (_, __, options) => expect(unexpected(rolesOf(options).flatMap(rightsOf))).toEqual([]));

test('every right on the list is given somewhere', () => {
  const rights = runtimes.flatMap((runtime) => variants.flatMap((variant) => rolesOf({ runtime, ...variant }).flatMap(rightsOf)));
  expect(Object.entries(ALLOWED).filter(([, pattern]) => !rights.some((right) => pattern.test(right)))).toEqual([]);
});

test('the walk finds what is too much', () => {
  const chart = new Chart(Testing.app(), 'team');
  new ApiObject(chart, 'role', {
    apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules: [{ apiGroups: ['', 'apps'], resources: ['pods'], verbs: ['get', 'delete'] }],
  });
  expect(unexpected(rightsOf(Testing.synth(chart)[0]))).toEqual(['/pods delete', 'apps/pods get', 'apps/pods delete']);
});
