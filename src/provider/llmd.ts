import type { Mistake } from '../core';
import { imageOf, ModelPlan, PlannedComponent } from '../plan';
import { PINS } from '../versions';
import { TOKEN_VARIABLE } from './parts/containers';
import { checkDeploymentOverrides, checkSelectorOverrides } from './parts/deployment-overrides';
import { checkArgKeys, DerivedFlag, engineArgs, tensorParallelSize } from './parts/engine-args';
import { ignoredFields } from './parts/ignored-fields';
import { ignoredGpuType } from './parts/notices';
import { checkTopLevelOverrides } from './parts/overrides';
import { ignoredSources, secretEnvironment } from './parts/secret-environment';
import { checkTolerations } from './parts/tolerations';
import { VLLM_PORT, VllmServer, vllmDeployment, vllmService } from './parts/vllm-server';
import type { ProviderWorkload } from './provider-workload';

const DECODE = { suffix: 'decode', role: 'kv_consumer' };
const PREFILL = { suffix: 'prefill', role: 'kv_producer' };

/** llm-d: one Deployment and Service, or a decode and a prefill pair of them. */
export const llmd: ProviderWorkload = {
  targetPort: () => VLLM_PORT,

  check: (plan) => [
    ...checkTopLevelOverrides(plan),
    ...checkDeploymentOverrides(plan),
    ...checkSelectorOverrides(plan),
    ...checkPodOverrides(plan),
    ...checkArgKeys(plan),
    ...checkTolerations(plan),
    ...checkToken(plan),
  ],

  notices: (plan) => [
    ...ignoredGpuType(plan),
    ...ignoredSources(plan),
    ...ignoredFields(plan, { 'spec.model.storage.volumes': 'use provider vllm or dynamo for mounted storage' }),
    ...(plan.mode === 'disaggregated' ? ignoredFields(plan, {
      'spec.resources.memory': 'set scaling.prefill.memory and scaling.decode.memory',
      'spec.resources.cpu': 'remove it',
    }) : []),
  ],

  render: (plan) => {
    if (plan.mode === 'aggregated') {
      return [
        vllmDeployment(plan, server(plan, plan.name, plan.replicas, plan.resources, [], true)),
        vllmService(plan, plan.name),
      ];
    }
    const names = { decode: `${plan.name}-${DECODE.suffix}`, prefill: `${plan.name}-${PREFILL.suffix}` };
    return [
      // Requests enter at decode, which fetches the cache from prefill: only decode pods are in the pool.
      vllmDeployment(plan, component(plan, names.decode, plan.decode!, DECODE.role, true)),
      vllmDeployment(plan, component(plan, names.prefill, plan.prefill!, PREFILL.role, false)),
      vllmService(plan, names.decode),
      vllmService(plan, names.prefill),
    ];
  },
};

function component(plan: ModelPlan, name: string, planned: PlannedComponent, role: string, inPool: boolean): VllmServer {
  const transfer: DerivedFlag = ['kv-transfer-config', JSON.stringify({ kv_connector: 'PyNcclConnector', kv_role: role })];
  return server(plan, name, planned.replicas, planned, [transfer], inPool);
}

function server(
  plan: ModelPlan, name: string, replicas: number, resources: VllmServer['resources'], extra: DerivedFlag[], inPool: boolean,
): VllmServer {
  return {
    name,
    replicas,
    image: imageOf(plan, `vllm/vllm-openai:${PINS.llmdVllm}`),
    args: engineArgs(plan.engine, [...derivedFlags(plan), ...tensorParallelSize(resources?.gpu?.count), ...extra]),
    env: secretEnvironment(plan),
    resources,
    inPool,
  };
}

function derivedFlags({ model, engine }: ModelPlan): DerivedFlag[] {
  const flags: DerivedFlag[] = [['model', model.id]];
  if (model.servedName) flags.push(['served-model-name', model.servedName]);
  if (engine.contextLength !== undefined) flags.push(['max-model-len', String(engine.contextLength)]);
  if (engine.trustRemoteCode) flags.push(['trust-remote-code']);
  flags.push([engine.enablePrefixCaching ? 'enable-prefix-caching' : 'no-enable-prefix-caching']);
  if (engine.enforceEager) flags.push(['enforce-eager']);
  return flags;
}

function checkPodOverrides({ overrides }: ModelPlan): Mistake[] {
  const template = (overrides?.spec as { template?: { spec?: unknown } } | undefined)?.template;
  if (!template || typeof template !== 'object' || !('spec' in template)) return [];
  return [{
    code: 'IGW205',
    field: 'spec.provider.overrides.spec.template.spec',
    value: template.spec,
    problem: 'is not open to overrides with provider llmd',
    allowed: 'fields outside the pod spec',
    fix: 'use env, nodeSelector, tolerations or engine.extraArgs, or provider vllm, which allows it',
  }];
}

function checkToken({ env, huggingFaceTokenSecret }: ModelPlan): Mistake[] {
  if (!huggingFaceTokenSecret || !env.some(({ name }) => name === TOKEN_VARIABLE)) return [];
  return [{
    code: 'IGW209',
    field: 'spec.env',
    value: TOKEN_VARIABLE,
    problem: `is also set from secret ${huggingFaceTokenSecret}, and provider llmd fails on the duplicate key`,
    fix: `remove ${TOKEN_VARIABLE} from env or secrets.huggingFaceToken`,
  }];
}
