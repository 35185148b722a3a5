import type { Mistake } from '../core';
import { imageOf, ModelPlan, PlannedVolume } from '../plan';
import { PINS } from '../versions';
import { environment } from './parts/containers';
import { checkDeploymentOverrides, checkSelectorOverrides } from './parts/deployment-overrides';
import { checkArgKeys, DerivedFlag, engineArgs, explicitFlags, flagOf, tensorParallelSize } from './parts/engine-args';
import { ignoredGpuType } from './parts/notices';
import { checkTopLevelOverrides } from './parts/overrides';
import { checkTolerations } from './parts/tolerations';
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
    ...checkSelectorOverrides(plan),
    ...checkArgKeys(plan),
    ...checkTolerations(plan),
    ...checkVolumeNames(plan),
    ...reservedFlags(plan).map((field): Mistake => ({
      ...field,
      code: 'IGW208',
      problem: `would move the server away from ${HOST}:${VLLM_PORT}, where Service and probes look`,
      allowed: 'any flag but host and port',
      fix: 'remove the flag',
    })),
  ],

  notices: (plan) => [...ignoredGpuType(plan), ...unmadeClaims(plan), ...cachingStaysOn(plan), ...unusedValues(plan)],

  render: (plan) => {
    const gpus = plan.resources?.gpu?.count;
    const sharesMemory = needsSharedMemory(plan);
    return [
      vllmDeployment(plan, {
        name: plan.name,
        replicas: plan.replicas,
        image: imageOf(plan, `vllm/vllm-openai:${PINS.vllm}`),
        args: ['--host', HOST, '--port', String(VLLM_PORT), ...engineArgs(plan.engine, derivedFlags(plan, gpus))],
        env: environment(plan),
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

function needsSharedMemory({ resources }: ModelPlan): boolean {
  return (resources?.gpu?.count ?? 0) > 1;
}

function checkVolumeNames(plan: ModelPlan): Mistake[] {
  const index = plan.model.volumes.findIndex(({ name }) => name === SHARED_MEMORY.name);
  if (index < 0 || !needsSharedMemory(plan)) return [];
  return [{
    code: 'IGW206',
    field: `spec.model.storage.volumes[${index}].name`,
    value: SHARED_MEMORY.name,
    problem: 'is the name of the volume for memory that several GPUs share',
    allowed: `any other name than ${SHARED_MEMORY.name}`,
    fix: 'rename the volume',
  }];
}

function unmadeClaims({ model }: ModelPlan): Mistake[] {
  return model.volumes.filter(({ size }) => size !== undefined).map(({ name, size, claimName }) => ({
    code: 'IGW210',
    field: `spec.model.storage.volumes[${name}].size`,
    value: size,
    problem: `makes no claim with provider vllm: pods wait for ${claimName}`,
    fix: `create the PersistentVolumeClaim ${claimName}, or use provider dynamo, which makes it`,
  }));
}

/** The live provider leaves the flag out, which was off in older engines. */
function cachingStaysOn({ engine }: ModelPlan): Mistake[] {
  const isSaid = [...explicitFlags(engine)].some((flag) => flag.endsWith('enable-prefix-caching'));
  if (engine.enablePrefixCaching || isSaid) return [];
  return [{
    code: 'IGW210',
    field: 'spec.engine.enablePrefixCaching',
    value: false,
    problem: 'leaves out the flag only, and newer vLLM caches prefixes without it',
    fix: 'set no-enable-prefix-caching to an empty value in engine.args',
  }];
}

function unusedValues({ env }: ModelPlan): Mistake[] {
  return env.filter(({ value, valueFrom }) => value && Object.keys(valueFrom ?? {}).length > 0).map(({ name, value }) => ({
    code: 'IGW210', field: `spec.env[${name}].value`, value, problem: 'is ignored by provider vllm, which takes the reference', fix: 'remove it',
  }));
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
