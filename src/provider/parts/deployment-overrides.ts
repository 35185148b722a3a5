import type { Mistake } from '../../core';
import type { ModelPlan } from '../../plan';
import { poolLabel } from './labels';

const METADATA = ['annotations', 'labels'];
const DEPLOYMENT = [
  'minReadySeconds', 'paused', 'progressDeadlineSeconds', 'replicas', 'revisionHistoryLimit', 'selector', 'strategy', 'template',
];
const POD = [
  'activeDeadlineSeconds', 'affinity', 'automountServiceAccountToken', 'containers', 'dnsConfig', 'dnsPolicy', 'enableServiceLinks',
  'ephemeralContainers', 'hostAliases', 'hostIPC', 'hostNetwork', 'hostPID', 'hostUsers', 'hostname', 'hostnameOverride', 'imagePullSecrets',
  'initContainers', 'nodeName', 'nodeSelector', 'os', 'overhead', 'preemptionPolicy', 'priority', 'priorityClassName', 'readinessGates',
  'resourceClaims', 'resources', 'restartPolicy', 'runtimeClassName', 'schedulerName', 'schedulingGates', 'securityContext', 'serviceAccount',
  'serviceAccountName', 'setHostnameAsFQDN', 'shareProcessNamespace', 'subdomain', 'terminationGracePeriodSeconds', 'tolerations',
  'topologySpreadConstraints', 'volumes',
];

/** Fields that apps/v1 Deployment does not have, down to the pod: the API server refuses the provider's object with them. */
export function checkDeploymentOverrides({ overrides }: ModelPlan): Mistake[] {
  const root = 'spec.provider.overrides';
  const spec = fieldsOf(overrides, 'spec');
  const template = fieldsOf(spec, 'template');
  return [
    ...notObject(overrides, 'spec', root),
    ...notObject(spec, 'template', `${root}.spec`),
    ...notObject(template, 'metadata', `${root}.spec.template`),
    ...notObject(template, 'spec', `${root}.spec.template`),
    // apiVersion, kind, metadata and status are refused for another reason.
    ...unknown(overrides, ['spec', 'apiVersion', 'kind', 'metadata', 'status'], root),
    ...unknown(spec, DEPLOYMENT, `${root}.spec`),
    ...unknown(template, ['metadata', 'spec'], `${root}.spec.template`),
    ...unknown(fieldsOf(template, 'metadata'), METADATA, `${root}.spec.template.metadata`),
    ...unknown(fieldsOf(template, 'spec'), POD, `${root}.spec.template.spec`),
  ];
}

/** Labels by which Deployment, Service and InferencePool find the pods: another value would take the pods from one of them. */
export function checkSelectorOverrides(plan: ModelPlan): Mistake[] {
  const spec = fieldsOf(plan.overrides, 'spec');
  const labels = fieldsOf(fieldsOf(fieldsOf(spec, 'template'), 'metadata'), 'labels') ?? {};
  const root = 'spec.provider.overrides.spec';
  const keys = ['app', `${plan.domain}/deployment`, ...Object.keys(poolLabel(plan))].filter((key) => key in labels);
  const found: [string, unknown][] = [
    ...('selector' in (spec ?? {}) ? [[`${root}.selector`, spec!.selector] as [string, unknown]] : []),
    ...keys.map((key): [string, unknown] => [`${root}.template.metadata.labels.${key}`, labels[key]]),
  ];
  return found.map(([field, value]) => ({
    code: 'IGW205',
    field,
    value,
    problem: 'would keep Deployment, Service or InferencePool from finding the pods',
    allowed: 'other labels',
    fix: 'remove it',
  }));
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(parent: Fields | undefined, key: string): Fields | undefined {
  const value = parent?.[key];
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as Fields : undefined;
}

/** Taken away or replaced, it leaves no Deployment that the API server takes. */
function notObject(parent: Fields | undefined, key: string, at: string): Mistake[] {
  if (!parent || !(key in parent) || fieldsOf(parent, key)) return [];
  return [{
    code: 'IGW205', field: `${at}.${key}`, value: parent[key], problem: 'is not an object', allowed: 'an object of fields', fix: 'write the fields below it',
  }];
}

function unknown(fields: Fields | undefined, known: readonly string[], at: string): Mistake[] {
  return Object.entries(fields ?? {}).filter(([key]) => !known.includes(key)).map(([key, value]) => ({
    code: 'IGW205',
    field: `${at}.${key}`,
    value,
    problem: 'is not a field of a Deployment',
    allowed: known.join(', '),
    fix: 'correct the name or remove it',
  }));
}
