import { compact } from '../core';
import type { ComponentSpec, EngineName, ModelDeploymentSpec, StorageVolumeSpec } from './model-deployment-spec';
import type { ModelPlan, PlannedComponent, PlannedGpu, PlannedResources, PlannedVolume } from './model-plan';

export const DEFAULT_GPU_TYPE = 'nvidia.com/gpu';

export interface PlanInput {
  readonly name: string;
  readonly namespace: string;
  readonly domain: string;
  readonly annotations?: Record<string, string>;
  readonly provider: string;
  readonly engine: EngineName;
  readonly spec: ModelDeploymentSpec;
  readonly resolvedImage?: string;
}

/**
 * Fills in what the CustomResourceDefinition's defaults and the mutating webhook would. Unlike the live system it keeps
 * `enablePrefixCaching: false` and `replicas: 0`, which Go's omitempty loses there on the first write.
 */
export function planModel(input: PlanInput): ModelPlan {
  const { spec } = input;
  const mode = spec.serving?.mode ?? 'aggregated';
  return frozenCopy(compact<ModelPlan>({
    name: input.name,
    namespace: input.namespace,
    domain: input.domain,
    annotations: input.annotations ?? {},
    provider: input.provider,
    mode,
    model: compact({
      id: spec.model.id ?? '',
      source: spec.model.source ?? 'huggingface',
      servedName: spec.model.servedName || undefined,
      volumes: (spec.model.storage?.volumes ?? []).map((volume) => planVolume(input.name, volume)),
    }),
    engine: compact({
      type: input.engine,
      image: spec.engine?.image || undefined,
      contextLength: spec.engine?.contextLength,
      trustRemoteCode: spec.engine?.trustRemoteCode ?? false,
      enablePrefixCaching: spec.engine?.enablePrefixCaching ?? true,
      enforceEager: spec.engine?.enforceEager ?? false,
      args: spec.engine?.args ?? {},
      extraArgs: spec.engine?.extraArgs ?? [],
    }),
    image: spec.image || undefined,
    resolvedImage: input.resolvedImage,
    replicas: spec.scaling?.replicas ?? 1,
    resources: planResources(spec),
    prefill: planComponent(spec.scaling?.prefill),
    decode: planComponent(spec.scaling?.decode),
    env: spec.env ?? [],
    podLabels: spec.podTemplate?.metadata?.labels ?? {},
    podAnnotations: spec.podTemplate?.metadata?.annotations ?? {},
    nodeSelector: spec.nodeSelector ?? {},
    tolerations: spec.tolerations ?? [],
    huggingFaceTokenSecret: spec.secrets?.huggingFaceToken || undefined,
    overrides: spec.provider?.overrides,
    gatewayEnabled: spec.gateway?.enabled ?? true,
  }));
}

/** One GPU when nothing is said of resources and an engine that needs one is named; `engine.image` does not suppress it. */
export function planResources(spec: ModelDeploymentSpec): PlannedResources | undefined {
  const engine = spec.engine?.type;
  if (!spec.resources) {
    if (spec.serving?.mode === 'disaggregated' || !engine || engine === 'llamacpp' || spec.image) return undefined;
    return { gpu: { count: 1, type: DEFAULT_GPU_TYPE } };
  }
  return compact({ gpu: planGpu(spec.resources.gpu), memory: spec.resources.memory || undefined, cpu: spec.resources.cpu || undefined });
}

const MOUNT_PATHS = { modelCache: '/model-cache', compilationCache: '/compilation-cache', custom: '' };

/** A volume with what the mutating webhook would default. */
export function planVolume(model: string, volume: StorageVolumeSpec): PlannedVolume {
  const purpose = volume.purpose ?? 'custom';
  const managed = volume.size !== undefined;
  return compact<PlannedVolume>({
    name: volume.name,
    purpose,
    claimName: volume.claimName || `${model}-${volume.name}`,
    mountPath: volume.mountPath || MOUNT_PATHS[purpose],
    readOnly: volume.readOnly ?? false,
    size: managed ? String(volume.size) : undefined,
    accessMode: volume.accessMode ?? (managed ? 'ReadWriteMany' : undefined),
    storageClassName: volume.storageClassName,
  });
}

function planComponent(component: ComponentSpec | undefined): PlannedComponent | undefined {
  if (!component) return undefined;
  return compact({ replicas: component.replicas ?? 1, gpu: planGpu(component.gpu), memory: component.memory || undefined });
}

function planGpu(gpu: { readonly count?: number; readonly type?: string } | undefined): PlannedGpu | undefined {
  return gpu && { count: gpu.count ?? 0, type: gpu.type || DEFAULT_GPU_TYPE };
}

/** A copy, so that what the caller handed in stays his to change. Anything but plain data, a cdk8s token for example, is kept as it is. */
function frozenCopy<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  if (!isPlain(value)) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozenCopy(item)]))) as T;
}

function isPlain(value: unknown): value is object {
  if (value === null || typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || prototype.constructor.name === 'Object';
}
