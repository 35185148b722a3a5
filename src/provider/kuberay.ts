import { compact, Manifest, Mistake } from '../core';
import { imageOf, ModelPlan, PlannedGpu } from '../plan';
import { PINS } from '../versions';
import { checkArgKeys, DerivedFlag, engineArgs } from './parts/engine-args';
import { ignoredFields } from './parts/ignored-fields';
import { poolLabel, workloadLabels } from './parts/labels';
import { idleGpus } from './parts/notices';
import { ignoredSources, secretEnvironment } from './parts/secret-environment';
import type { ProviderWorkload } from './provider-workload';

const PORT = 8000;
const HEAD = { cpu: '4', memory: '16Gi' };
const WORKER_MEMORY = '32Gi';
/** KubeRay appends to the name for the RayCluster and its Services, and refuses a longer one. */
const LONGEST_RAY_SERVICE = 47;
const REMOVE = 'remove it';
const USE_ARGS = 'set it through engine.args';

/** KubeRay: one RayService, with one group of workers or one for prefill and one for decode. */
export const kuberay: ProviderWorkload = {
  targetPort: () => PORT,

  check: () => [],

  notices: (plan) => [
    ...checkNameLength(plan),
    ...ignoredFields(plan, {
      'spec.model.storage.volumes': 'use provider vllm or dynamo for mounted storage',
      'spec.engine.enforceEager': USE_ARGS,
      'spec.engine.enablePrefixCaching': USE_ARGS,
      'spec.engine.extraArgs': 'move the flags to engine.args',
      'spec.resources.cpu': REMOVE,
      'spec.nodeSelector': REMOVE,
      'spec.tolerations': REMOVE,
      'spec.provider.overrides': REMOVE,
    }),
    ...ignoredFields(plan, {
      'spec.podTemplate.metadata.labels': 'do not select pods by it',
      'spec.podTemplate.metadata.annotations': 'do not expect it on pods',
    }, 'reaches the RayService with provider kuberay, not its pods'),
    ...ignoredSources(plan),
    ...idleGpus(plan),
    // The live provider passes such keys on: not an error, but no engine takes them.
    ...checkArgKeys(plan).map((mistake): Mistake => ({ ...mistake, code: 'IGW210', fix: 'write the flag without its leading dashes' })),
    ...splitValues(plan),
  ],

  render: (plan) => [rayService(plan)],
};

function rayService(plan: ModelPlan): Manifest {
  return {
    apiVersion: 'ray.io/v1',
    kind: 'RayService',
    metadata: compact({
      name: plan.name,
      namespace: plan.namespace,
      labels: { ...workloadLabels(plan), ...plan.podLabels },
      annotations: Object.keys(plan.podAnnotations).length > 0 ? plan.podAnnotations : undefined,
    }),
    spec: {
      serveConfigV2: serveConfig(plan),
      rayClusterConfig: { headGroupSpec: headGroup(plan), workerGroupSpecs: workerGroups(plan) },
    },
  };
}

/** Ray Serve refuses a count of 0; scaled to zero, the one replica waits for a worker. */
function serveConfig({ replicas }: ModelPlan): string {
  return [
    'applications:',
    '  - name: llm',
    '    route_prefix: /',
    '    import_path: vllm_serve:deployment',
    '    deployments:',
    '      - name: VLLMDeployment',
    `        num_replicas: ${Math.max(replicas, 1)}`,
    '',
  ].join('\n');
}

function headGroup(plan: ModelPlan): object {
  return {
    rayStartParams: { 'dashboard-host': '0.0.0.0' },
    template: podTemplate(plan, {
      name: 'ray-head',
      image: image(plan),
      resources: { limits: { ...HEAD, memory: plan.resources?.memory ?? HEAD.memory } },
      env: headEnvironment(plan),
    }),
  };
}

function workerGroups(plan: ModelPlan): object[] {
  if (plan.mode === 'aggregated') return [workerGroup(plan, 'gpu-workers', { replicas: plan.replicas, ...plan.resources })];
  return [workerGroup(plan, 'prefill-workers', plan.prefill!), workerGroup(plan, 'decode-workers', plan.decode!)];
}

function workerGroup(plan: ModelPlan, groupName: string, workers: { replicas: number; gpu?: PlannedGpu; memory?: string }): object {
  const { replicas, gpu, memory = WORKER_MEMORY } = workers;
  return {
    groupName,
    replicas,
    minReplicas: replicas,
    maxReplicas: replicas,
    rayStartParams: {},
    template: podTemplate(plan, {
      name: 'ray-worker',
      image: image(plan),
      resources: { limits: { memory, ...(gpu && gpu.count > 0 ? { [gpu.type]: String(gpu.count) } : {}) } },
    }),
  };
}

/** Ray Serve answers on head and workers alike, so all of them are in the pool. */
function podTemplate(plan: ModelPlan, container: object): object {
  return { metadata: { labels: poolLabel(plan) }, spec: { containers: [container] } };
}

function image(plan: ModelPlan): string {
  return imageOf(plan, `rayproject/ray-llm:${PINS.rayLlm}`);
}

/** A variable of the user's goes before a derived one of the same name: the API server would let the last one win. */
function headEnvironment(plan: ModelPlan): object[] {
  const own = secretEnvironment(plan);
  const derived = [
    { name: 'MODEL_ID', value: plan.model.id },
    { name: 'VLLM_ENGINE_ARGS', value: engineArgs({ ...plan.engine, extraArgs: [] }, derivedFlags(plan)).join(' ') },
  ];
  return [...derived.filter(({ name }) => !own.some((variable) => variable.name === name)), ...own];
}

function derivedFlags({ model, engine }: ModelPlan): DerivedFlag[] {
  const flags: DerivedFlag[] = [['model', model.id]];
  if (engine.contextLength !== undefined) flags.push(['max-model-len', String(engine.contextLength)]);
  if (model.servedName) flags.push(['served-model-name', model.servedName]);
  if (engine.trustRemoteCode) flags.push(['trust-remote-code']);
  return flags;
}

function checkNameLength({ name }: ModelPlan): Mistake[] {
  if (name.length <= LONGEST_RAY_SERVICE) return [];
  return [{
    code: 'IGW102',
    field: 'metadata.name',
    value: name,
    problem: `has ${name.length} characters, and KubeRay's operator refuses the RayService`,
    allowed: `at most ${LONGEST_RAY_SERVICE} characters`,
    fix: 'choose a shorter name',
  }];
}

function splitValues({ engine }: ModelPlan): Mistake[] {
  return Object.entries(engine.args).filter(([, value]) => /\s/.test(value)).map(([key, value]) => ({
    code: 'IGW210',
    field: `spec.engine.args.${key}`,
    value,
    problem: 'is split at its spaces: provider kuberay passes all flags in one variable',
    fix: 'write the value without spaces',
  }));
}
