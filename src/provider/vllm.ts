import type { Mistake } from '../core';
import { imageOf, ModelPlan, PlannedVolume } from '../plan';
import { PINS } from '../versions';
import { checkDeploymentOverrides } from './parts/deployment-overrides';
import { checkArgKeys, DerivedFlag, engineArgs, flagOf, tensorParallelSize } from './parts/engine-args';
import { ignoredGpuType } from './parts/notices';
import { checkTopLevelOverrides } from './parts/overrides';
import { VLLM_PORT, vllmDeployment, vllmService } from './parts/vllm-server';
import type { ProviderWorkload } from './provider-workload';

const HOST = '0.0.0.0';
const SHARED_MEMORY = { name: 'shm', mountPath: '/dev/shm', size: '20Gi' };

/** Direct vLLM: one Deployment and one Service. */
export const vllm: ProviderWorkload = {
  targetPort: () => VLLM_PORT,

  check: (plan) => [
    ...checkTopLevelOverrides(plan),
    ...checkDeploymentOverrides(plan),
    ...checkArgKeys(plan),
    ...reservedFlags(plan).map((field): Mistake => ({
      ...field,
      code: 'IGW208',
      problem: `would move the server away from ${HOST}:${VLLM_PORT}, where Service and probes look`,
      allowed: 'any flag but host and port',
      fix: 'remove the flag',
    })),
  ],

  notices: ignoredGpuType,

  render: (plan) => {
    const gpus = plan.resources?.gpu?.count;
    const sharesMemory = gpus !== undefined && gpus > 1;
    return [
      vllmDeployment(plan, {
        name: plan.name,
        replicas: plan.replicas,
        image: imageOf(plan, `vllm/vllm-openai:${PINS.vllm}`),
        args: ['--host', HOST, '--port', String(VLLM_PORT), ...engineArgs(plan.engine, derivedFlags(plan, gpus))],
        resources: plan.resources,
        inPool: true,
        container: { ...probes(), ...mounts(plan.model.volumes, sharesMemory) },
        volumes: volumes(plan.model.volumes, sharesMemory),
      }),
      vllmService(plan, plan.name),
    ];
  },
};

function derivedFlags({ model, engine }: ModelPlan, gpus: number | undefined): DerivedFlag[] {
  const flags: DerivedFlag[] = [['model', model.id]];
  if (model.servedName) flags.push(['served-model-name', model.servedName]);
  if (engine.contextLength !== undefined) flags.push(['max-model-len', String(engine.contextLength)]);
  if (engine.trustRemoteCode) flags.push(['trust-remote-code']);
  if (engine.enforceEager) flags.push(['enforce-eager']);
  if (engine.enablePrefixCaching) flags.push(['enable-prefix-caching']);
  return [...flags, ...tensorParallelSize(gpus)];
}

function reservedFlags({ engine }: ModelPlan): { field: string; value: string }[] {
  const reserved = (flag: string) => ['host', 'port'].includes(flag.trim().replace(/^-+/, '').split('=', 1)[0].trim());
  return [
    ...Object.keys(engine.args).filter(reserved).map((value) => ({ field: 'spec.engine.args', value })),
    ...engine.extraArgs.filter((token) => reserved(flagOf(token) ?? '')).map((value) => ({ field: 'spec.engine.extraArgs', value })),
  ];
}

function probes(): object {
  const probe = (periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path: '/health', port: VLLM_PORT }, initialDelaySeconds: 15, periodSeconds, failureThreshold,
  });
  return { startupProbe: probe(10, 60), livenessProbe: probe(10, 3), readinessProbe: probe(5, 3) };
}

function volumes(planned: readonly PlannedVolume[], sharesMemory: boolean): object[] {
  return [
    ...(sharesMemory ? [{ name: SHARED_MEMORY.name, emptyDir: { medium: 'Memory', sizeLimit: SHARED_MEMORY.size } }] : []),
    ...planned.map(({ name, claimName }) => ({ name, persistentVolumeClaim: { claimName } })),
  ];
}

function mounts(planned: readonly PlannedVolume[], sharesMemory: boolean): object {
  const volumeMounts = [
    ...(sharesMemory ? [{ name: SHARED_MEMORY.name, mountPath: SHARED_MEMORY.mountPath }] : []),
    ...planned.map(({ name, mountPath, readOnly }) => (readOnly ? { name, mountPath, readOnly } : { name, mountPath })),
  ];
  return volumeMounts.length > 0 ? { volumeMounts } : {};
}
