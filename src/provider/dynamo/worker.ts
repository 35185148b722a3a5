import { compact } from '../../core';
import type { ModelPlan, PlannedResources, TolerationSpec } from '../../plan';
import { sidecarImage, runtimeImage } from './images';
import { isMocker, isRouted, mockerArgs, MOCKER_RESOURCES } from './mocker';
import { modelCacheOf } from './storage';
import { DISAGGREGATION_MODE, Role, workerArgs } from './worker-args';

const CACHE_VARIABLE = 'HF_HOME';

interface Worker extends PlannedResources {
  readonly replicas: number;
  /** Set when disaggregated. */
  readonly role?: Role;
}

export function worker(plan: ModelPlan, planned: Worker): object {
  const { nodeSelector, tolerations, huggingFaceTokenSecret: envFromSecret, model } = plan;
  const env = environment(plan);
  return compact({
    componentType: 'worker',
    subComponentType: planned.role,
    replicas: planned.replicas,
    resources: isMocker(plan) ? { limits: MOCKER_RESOURCES, requests: MOCKER_RESOURCES } : resources(planned),
    extraPodSpec: compact({
      mainContainer: compact({
        image: runtimeImage(plan),
        ...engineProcess(plan, planned.role),
        env: env.length > 0 ? env : undefined,
      }),
      nodeSelector: Object.keys(nodeSelector).length > 0 ? nodeSelector : undefined,
      tolerations: tolerations.length > 0 ? tolerations.map(toleration) : undefined,
    }),
    frontendSidecar: isRouted(plan) ? sidecar(plan) : undefined,
    envFromSecret,
    volumeMounts: model.volumes.length > 0 ? volumeMounts(plan) : undefined,
  });
}

function engineProcess(plan: ModelPlan, role: Role | undefined): object {
  const run = (module: string, args: string[]) => ({ command: ['python3', '-m', `dynamo.${module}`], args });
  if (!isMocker(plan)) return run(plan.engine.type, workerArgs(plan, role));
  return run('mocker', [...mockerArgs(plan), ...(role ? [`--${DISAGGREGATION_MODE}`, role] : [])]);
}

/** Dynamo's own short resource names; only the GPU is requested too. */
function resources({ gpu, memory, cpu }: PlannedResources): object {
  const gpus = gpu && gpu.count > 0 ? { gpu: String(gpu.count) } : {};
  return { limits: { ...gpus, ...(memory ? { memory } : {}), ...(cpu ? { cpu } : {}) }, requests: gpus };
}

function sidecar({ mode, huggingFaceTokenSecret: envFromSecret }: ModelPlan): object {
  // Aggregated, the endpoint picker has chosen the worker already; disaggregated, the frontend still finds the prefill worker.
  const routing = mode === 'aggregated' ? ['--router-mode', 'direct'] : [];
  return compact({ image: sidecarImage(), args: ['-m', 'dynamo.frontend', ...routing], envFromSecret });
}

function environment(plan: ModelPlan): object[] {
  const cache = modelCacheOf(plan);
  const env: object[] = [];
  if (cache && !plan.env.some(({ name }) => name === CACHE_VARIABLE)) env.push({ name: CACHE_VARIABLE, value: cache.mountPath });
  if (plan.mode === 'disaggregated' && plan.engine.type === 'vllm') {
    env.push({ name: 'VLLM_NIXL_SIDE_CHANNEL_HOST', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } });
  }
  return env;
}

function volumeMounts({ model }: ModelPlan): object[] {
  return model.volumes.map(({ claimName, mountPath, purpose, readOnly }) => ({
    name: claimName,
    mountPoint: mountPath,
    ...(purpose === 'compilationCache' ? { useAsCompilationCache: true } : {}),
    ...(readOnly ? { readOnly } : {}),
  }));
}

/** Key and operator are always written: empty means the same as absent, and is what the live provider sends. */
function toleration({ key = '', operator = '', value, effect, tolerationSeconds }: TolerationSpec): object {
  return compact({ key, operator, value: value || undefined, effect: effect || undefined, tolerationSeconds });
}
