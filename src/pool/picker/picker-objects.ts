import type { Manifest, PlacedManifest } from '../../core';
import {
  collectorAccess, metricsReader, pickerRole, pickerRoleBinding, pickerServiceAccount, tokenReviewBinding, tokenReviewRole,
} from './access-manifests';
import { pickerDestinationRule } from './destination-rule';
import { latencyConfigMaps } from './latency-manifests';
import { monitor } from './monitoring-manifests';
import type { EndpointPickerPlan } from './picker-plan';
import { disruptionBudget, networkPolicy } from './protection-manifests';
import { pickerConfigMap, pickerDeployment, pickerService } from './workload-manifests';

/** Every object of an endpoint picker but what a gateway needs to trust it. */
export function pickerObjects(plan: EndpointPickerPlan, hasDisruptionBudget = false): PlacedManifest[] {
  return [
    { id: 'ServiceAccount', manifest: pickerServiceAccount(plan) },
    { id: 'Role', manifest: pickerRole(plan) },
    { id: 'RoleBinding', manifest: pickerRoleBinding(plan) },
    { id: 'ConfigMap', manifest: pickerConfigMap(plan) },
    { id: 'Resource', manifest: pickerDeployment(plan) },
    { id: 'Service', manifest: pickerService(plan) },
    ...placed('LatencyPredictor', latencyConfigMaps(plan)),
    ...monitoringObjects(plan),
    ...(hasDisruptionBudget ? [{ id: 'PodDisruptionBudget', manifest: disruptionBudget(plan) }] : []),
    ...(plan.networkPolicy ? [{ id: 'NetworkPolicy', manifest: networkPolicy(plan, plan.networkPolicy) }] : []),
  ];
}

/** What Istio's data plane needs to speak TLS to it; nothing without TLS. */
export function pickerTrust({ name, namespace, tls }: Pick<EndpointPickerPlan, 'name' | 'namespace' | 'tls'>): PlacedManifest[] {
  return tls._mode === 'plaintext' ? [] : [{ id: 'DestinationRule', manifest: pickerDestinationRule(name, namespace, tls) }];
}

function monitoringObjects(plan: EndpointPickerPlan): PlacedManifest[] {
  const { monitoring, reviewsTokens, metricsAuth } = plan;
  const objects: PlacedManifest[] = reviewsTokens
    ? [{ id: 'TokenReviewRole', manifest: tokenReviewRole(plan) }, { id: 'TokenReviewBinding', manifest: tokenReviewBinding(plan) }]
    : [];
  if (!monitoring) return objects;
  if (metricsAuth) {
    objects.push(...placed('MetricsReader', metricsReader(plan)));
    if (monitoring._kind === 'PodMonitoring') {
      objects.push(...placed('Collector', collectorAccess(plan, monitoring._options.collectorNamespace ?? 'gmp-system')));
    }
  }
  return [...objects, { id: 'Monitor', manifest: monitor(plan, monitoring) }];
}

function placed(prefix: string, manifests: readonly Manifest[]): PlacedManifest[] {
  return manifests.map((manifest) => ({ id: `${prefix}-${manifest.kind}-${manifest.metadata.name}`, manifest }));
}
