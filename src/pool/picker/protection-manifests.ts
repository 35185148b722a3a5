import { Manifest } from '../../core';
import type { PickerNetworkPolicy } from '../endpoint-picker-options';
import { EndpointPickerPlan, PICKER_HEALTH_PORT, PICKER_METRICS_PORT, pickerLabels } from './picker-plan';

export function disruptionBudget(plan: EndpointPickerPlan): Manifest {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: plan.name, namespace: plan.namespace },
    spec: {
      minAvailable: 1,
      selector: { matchLabels: pickerLabels(plan) },
      // Standbys are never ready: without this they could not be evicted either.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}

export function networkPolicy(plan: EndpointPickerPlan, { gatewayNamespaces, metricsNamespaces }: PickerNetworkPolicy): Manifest {
  // An empty list of peers would let everybody in.
  const scraped = metricsNamespaces ? metricsNamespaces.length > 0 : plan.monitoring !== undefined;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: plan.name, namespace: plan.namespace },
    spec: {
      podSelector: { matchLabels: pickerLabels(plan) },
      policyTypes: ['Ingress'],
      ingress: [
        { from: peers(gatewayNamespaces), ports: [tcp(plan.port)] },
        // The kubelet's probes come from the node, which no namespace stands for.
        { ports: [tcp(PICKER_HEALTH_PORT)] },
        ...(scraped ? [{ from: peers(metricsNamespaces), ports: [tcp(PICKER_METRICS_PORT)] }] : []),
      ],
    },
  };
}

function peers(namespaces: string[] | undefined): object[] {
  if (!namespaces) return [{ namespaceSelector: {} }];
  return namespaces.map((name) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } }));
}

function tcp(port: number): object {
  return { protocol: 'TCP', port };
}
