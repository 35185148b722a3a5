import { compact, LONGEST_LABEL, Manifest } from '../../core';
import type { ModelPlan } from '../../plan';
import { managerOf, poolLabel } from '../parts/labels';
import { withOverrides } from '../parts/overrides';
import { endpointPicker } from './endpoint-picker';
import { frontend } from './frontend';
import { isRouted } from './mocker';
import { worker } from './worker';

export function graphDeployment(plan: ModelPlan): Manifest {
  const claims = plan.model.volumes.map(({ claimName }) => ({ name: claimName, create: false }));
  return withOverrides({
    apiVersion: 'nvidia.com/v1alpha1',
    kind: 'DynamoGraphDeployment',
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      labels: {
        [`${plan.domain}/managed-by`]: managerOf(plan),
        ...poolLabel(plan),
        [`${plan.domain}/model-id`]: labelValue(plan.model.id),
        [`${plan.domain}/engine-type`]: plan.engine.type,
      },
    },
    spec: compact({
      backendFramework: plan.engine.type,
      pvcs: claims.length > 0 ? claims : undefined,
      services: {
        ...(isRouted(plan) ? { Epp: endpointPicker(plan) } : { Frontend: frontend(plan) }),
        ...workers(plan),
      },
    }),
  }, plan);
}

/** The names say Vllm for every engine: Dynamo's operator does not read them. */
function workers(plan: ModelPlan): Record<string, object> {
  if (plan.mode === 'aggregated') return { VllmWorker: worker(plan, { replicas: plan.replicas, ...plan.resources }) };
  return {
    VllmPrefillWorker: worker(plan, { ...plan.prefill!, role: 'prefill' }),
    VllmDecodeWorker: worker(plan, { ...plan.decode!, role: 'decode' }),
  };
}

/** Cut by bytes, as the live provider does. */
function labelValue(text: string): string {
  return Buffer.from(text).subarray(0, LONGEST_LABEL).toString().replace(/[^a-zA-Z0-9._-]/gu, '-').replace(/^[-_.]+|[-_.]+$/g, '');
}
