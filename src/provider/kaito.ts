import { compact, isMap, Manifest, Mistake, withoutNulls } from '../core';
import type { ModelPlan } from '../plan';
import { ignoredFields } from './parts/ignored-fields';
import { poolLabel, workloadLabels } from './parts/labels';
import { ignoredGpuType } from './parts/notices';
import { checkTopLevelOverrides, withOverrides } from './parts/overrides';
import { ignoredSources, secretEnvironment } from './parts/secret-environment';
import type { ProviderWorkload } from './provider-workload';

const PORT = 5000;
const GGUF_URL = 'ggufUrl';
const REMOVE = 'remove it';
const USE_OTHER_PROVIDER = 'use a provider that passes it on, vllm for example';

/** KAITO: one Workspace, of a preset that KAITO knows by name, or of a pod template that runs llama.cpp. */
export const kaito: ProviderWorkload = {
  targetPort: () => PORT,

  // KAITO labels the pods of a preset by their Workspace, and hands no other label on (kaito-project/kaito pkg/workspace/manifests).
  // The live controllers add the pool label to running pods; here nobody would.
  podLabels: (plan) => (plan.engine.type === 'llamacpp' ? undefined : { 'kaito.sh/workspace': plan.name }),

  check: (plan) => [...checkTopLevelOverrides(plan), ...checkRootOverrides(plan), ...checkImage(plan)],

  notices: (plan) => [
    ...ignoredGpuType(plan),
    ...ignoredGpuCount(plan),
    ...ignoredFields(plan, {
      'spec.model.servedName': 'call the model by its id, or name the route with gateway.modelName',
      'spec.model.storage.volumes': USE_OTHER_PROVIDER,
      'spec.engine.contextLength': USE_OTHER_PROVIDER,
      'spec.engine.trustRemoteCode': USE_OTHER_PROVIDER,
      'spec.engine.enablePrefixCaching': USE_OTHER_PROVIDER,
      'spec.engine.enforceEager': USE_OTHER_PROVIDER,
      'spec.engine.extraArgs': USE_OTHER_PROVIDER,
      'spec.tolerations': REMOVE,
    }),
    ...ignoredFields(plan, {
      'spec.podTemplate.metadata.labels': 'do not select pods by it',
      'spec.podTemplate.metadata.annotations': 'do not expect it on pods',
    }, 'reaches the Workspace with provider kaito, not its pods'),
    ...(plan.engine.type === 'llamacpp' ? llamaCppNotices(plan) : presetNotices(plan)),
  ],

  // A null in the overrides takes the field away: the one way to drop the forced GPU label.
  render: (plan) => [withLastApplied(withoutNulls(withOverrides(workspace(plan), plan)), plan)],
};

function workspace(plan: ModelPlan): Manifest {
  return {
    apiVersion: 'kaito.sh/v1beta1',
    kind: 'Workspace',
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      labels: { ...workloadLabels(plan), ...poolLabel(plan), ...plan.podLabels },
      annotations: plan.podAnnotations,
    },
    resource: {
      count: plan.replicas,
      labelSelector: {
        matchLabels: {
          'kubernetes.io/os': 'linux',
          ...plan.nodeSelector,
          // Last, so that no nodeSelector moves a GPU model to nodes without GPUs, which KAITO refuses.
          ...(plan.resources?.gpu && plan.resources.gpu.count > 0 ? { 'nvidia.com/gpu.present': 'true' } : {}),
        },
      },
    },
    inference: plan.engine.type === 'llamacpp' ? { template: llamaCppTemplate(plan) } : { preset: { name: plan.model.id } },
  };
}

function llamaCppTemplate(plan: ModelPlan): object {
  const env = secretEnvironment(plan);
  const { memory, cpu } = plan.resources ?? {};
  const requests = compact({ memory, cpu });
  return {
    metadata: { labels: poolLabel(plan) },
    spec: {
      containers: [compact({
        name: 'model',
        image: plan.engine.image ?? plan.image,
        args: [...modelArgument(plan), `--address=:${PORT}`],
        ports: [{ containerPort: PORT }],
        resources: memory || cpu ? { requests } : undefined,
        env: env.length > 0 ? env : undefined,
      })],
    },
  };
}

/** A custom source brings its model along in the image. */
function modelArgument({ model, engine }: ModelPlan): string[] {
  if (model.source === 'custom' || !model.id) return [];
  return [engine.args[GGUF_URL] || `huggingface://${model.id}`];
}

/** A null takes the field away; anything else but an object is refused with the Workspace. */
function checkRootOverrides({ overrides = {} }: ModelPlan): Mistake[] {
  return ['resource', 'inference'].filter((key) => key in overrides && overrides[key] !== null && !isMap(overrides[key])).map((key) => ({
    code: 'IGW205',
    field: `spec.provider.overrides.${key}`,
    value: overrides[key],
    problem: 'is not an object',
    allowed: 'an object of fields, or null to take it away',
    fix: 'write the fields below it',
  }));
}

function checkImage({ engine, image }: ModelPlan): Mistake[] {
  if (engine.type !== 'llamacpp' || image) return [];
  return [{
    code: 'IGW202',
    field: 'spec.image',
    problem: 'is required by provider kaito for engine llamacpp; engine.image does not count',
    fix: 'set image to the llama.cpp image to run',
  }];
}

function ignoredGpuCount({ engine, resources }: ModelPlan): Mistake[] {
  const count = resources?.gpu?.count ?? 0;
  const isTemplate = engine.type === 'llamacpp';
  if (count <= (isTemplate ? 0 : 1)) return [];
  return [{
    code: 'IGW210',
    field: 'spec.resources.gpu.count',
    value: count,
    problem: isTemplate
      ? 'only selects nodes with a GPU with provider kaito: the container requests none'
      : 'counts as one or none with provider kaito, which decides by the preset',
    fix: isTemplate ? 'keep other GPU pods off these nodes' : 'select nodes with the GPUs that the preset needs',
  }];
}

function llamaCppNotices(plan: ModelPlan): Mistake[] {
  const unread = Object.keys(plan.engine.args).filter((key) => key !== GGUF_URL);
  return [
    ...(unread.length === 0 ? [] : [{
      code: 'IGW210' as const,
      field: 'spec.engine.args',
      value: unread,
      problem: 'is ignored by provider kaito with llama.cpp',
      allowed: GGUF_URL,
      fix: 'build the settings into the image',
    }]),
    ...ignoredSources(plan),
  ];
}

function presetNotices(plan: ModelPlan): Mistake[] {
  return ignoredFields(plan, {
    'spec.image': REMOVE,
    'spec.engine.image': REMOVE,
    'spec.engine.args': USE_OTHER_PROVIDER,
    'spec.resources.memory': REMOVE,
    'spec.resources.cpu': REMOVE,
    'spec.env': USE_OTHER_PROVIDER,
    'spec.secrets.huggingFaceToken': 'set inference.preset.presetOptions.modelAccessSecret in provider.overrides',
  });
}

/** Records what was rendered, as the live provider does to tell its own fields from those that KAITO defaults. */
function withLastApplied(manifest: Manifest, { domain }: ModelPlan): Manifest {
  const { metadata, resource, inference } = manifest;
  const applied = sortedJson({ labels: metadata.labels, annotations: metadata.annotations, resource, inference });
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, [`${domain}/kaito-last-applied`]: applied } } };
}

function sortedJson(value: object): string {
  return JSON.stringify(value, (_, item) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
