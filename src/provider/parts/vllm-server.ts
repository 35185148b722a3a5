import { compact, Manifest } from '../../core';
import type { EnvVarSpec, ModelPlan, PlannedGpu } from '../../plan';
import { containerResources, podTolerations } from './containers';
import { poolLabel, workloadLabels } from './labels';
import { withOverrides } from './overrides';

export const VLLM_PORT = 8000;

/** One Deployment of vLLM servers and what sets it apart from its twin in disaggregated serving. */
export interface VllmServer {
  readonly name: string;
  readonly replicas: number;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly EnvVarSpec[];
  readonly resources?: { readonly gpu?: PlannedGpu; readonly memory?: string; readonly cpu?: string };
  /** Whether the InferencePool may send requests to these pods. */
  readonly inPool: boolean;
  readonly container?: object;
  readonly volumes?: readonly object[];
}

export function vllmDeployment(plan: ModelPlan, server: VllmServer): Manifest {
  const selector = selectorOf(plan, server.name);
  const tolerations = podTolerations(plan.tolerations);
  return withOverrides({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: compact({
      name: server.name,
      namespace: plan.namespace,
      labels: { ...workloadLabels(plan), ...plan.podLabels },
      annotations: noneIfEmpty(plan.podAnnotations),
    }),
    spec: {
      replicas: server.replicas,
      selector: { matchLabels: selector },
      template: {
        metadata: compact({
          // The live controllers label the pods after they run, so their pool selects nothing at first and nothing again after
          // each rollout. The template carries the label here, and goes before a label of the same key that the user gave.
          labels: { ...plan.podLabels, ...(server.inPool ? poolLabel(plan) : {}), ...selector },
          annotations: noneIfEmpty(plan.podAnnotations),
        }),
        spec: compact({
          containers: [compact({
            name: 'vllm',
            image: server.image,
            args: server.args,
            ports: [{ name: 'http', containerPort: VLLM_PORT, protocol: 'TCP' }],
            ...server.container,
            resources: containerResources(server.resources),
            env: server.env.length > 0 ? server.env : undefined,
          })],
          volumes: server.volumes && server.volumes.length > 0 ? server.volumes : undefined,
          nodeSelector: noneIfEmpty(plan.nodeSelector),
          tolerations: tolerations.length > 0 ? tolerations : undefined,
        }),
      },
    },
  }, plan);
}

export function vllmService(plan: ModelPlan, name: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: plan.namespace, labels: workloadLabels(plan) },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(plan, name),
      ports: [{ name: 'http', port: VLLM_PORT, targetPort: VLLM_PORT, protocol: 'TCP' }],
    },
  };
}

function selectorOf(plan: ModelPlan, name: string): Record<string, string> {
  return { [`${plan.domain}/deployment`]: plan.name, app: name };
}

function noneIfEmpty(map: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}
