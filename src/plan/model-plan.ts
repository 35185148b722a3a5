import type {
  AccessModeName, EngineName, EnvVarSpec, ModelSourceName, ServingModeName, TolerationSpec, VolumePurposeName,
} from './model-deployment-spec';

/** What a model is once every default is filled in and every name decided: plain, frozen data that providers render from. */
export interface ModelPlan {
  readonly name: string;
  readonly namespace: string;
  /** The domain of labels and of the custom resource: `airunway.ai`, or `kubeairunway.ai` for the older group. */
  readonly domain: string;
  readonly annotations: Readonly<Record<string, string>>;

  /** The provider's name, `vllm` or `dynamo` for example. */
  readonly provider: string;
  readonly mode: ServingModeName;
  readonly model: PlannedModel;
  readonly engine: PlannedEngine;
  /** `spec.image`, the older of the two image fields. `engine.image` goes before it, except where a provider reads only this one. */
  readonly image?: string;

  /** What the provider's default image resolves to, where that is known. */
  readonly resolvedImage?: string;

  /** Replicas when aggregated; 0 is kept. */
  readonly replicas: number;
  /** Resources when aggregated; absent when neither given nor defaulted. */
  readonly resources?: PlannedResources;
  /** Present when disaggregated. */
  readonly prefill?: PlannedComponent;
  /** Present when disaggregated. */
  readonly decode?: PlannedComponent;

  readonly env: readonly EnvVarSpec[];
  readonly podLabels: Readonly<Record<string, string>>;
  readonly podAnnotations: Readonly<Record<string, string>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly TolerationSpec[];
  /** Name of the Secret whose key `HF_TOKEN` holds the token. */
  readonly huggingFaceTokenSecret?: string;
  /** `spec.provider.overrides`, merged over the provider's object last. */
  readonly overrides?: Readonly<Record<string, unknown>>;

  /** False when `spec.gateway.enabled` is false: the provider then serves without a gateway in front. */
  readonly gatewayEnabled: boolean;
}

export interface PlannedModel {
  /** The model id; empty for a custom source without one. */
  readonly id: string;
  readonly source: ModelSourceName;
  readonly servedName?: string;
  readonly volumes: readonly PlannedVolume[];
}

export interface PlannedVolume {
  readonly name: string;
  readonly purpose: VolumePurposeName;
  readonly claimName: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** Set when the claim is created together with the model. */
  readonly size?: string;
  readonly accessMode?: AccessModeName;
  /** Absent: the cluster's default class; empty: no class at all. */
  readonly storageClassName?: string;
}

export interface PlannedEngine {
  readonly type: EngineName;
  readonly image?: string;
  readonly contextLength?: number;
  readonly trustRemoteCode: boolean;
  readonly enablePrefixCaching: boolean;
  readonly enforceEager: boolean;
  readonly args: Readonly<Record<string, string>>;
  readonly extraArgs: readonly string[];
}

export interface PlannedResources {
  readonly gpu?: PlannedGpu;
  readonly memory?: string;
  readonly cpu?: string;
}

export interface PlannedGpu {
  readonly count: number;
  /** The resource name, `nvidia.com/gpu` for example. */
  readonly type: string;
}

export interface PlannedComponent {
  readonly replicas: number;
  readonly gpu?: PlannedGpu;
  readonly memory?: string;
}

/** The image to run: `engine.image`, else `spec.image`, else the provider's default, resolved where that is known. */
export function imageOf(plan: ModelPlan, fallback: string): string {
  return plan.engine.image || plan.image || plan.resolvedImage || fallback;
}
