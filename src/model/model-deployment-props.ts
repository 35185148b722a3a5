import { Duration, Size } from 'cdk8s';
import type { ISecret } from 'cdk8s-plus-28';
import { AirunwayApi } from '../core';
import type { IInferenceGateway } from '../gateway';
import type { EndpointPickerOptions, EndpointPickerServiceRef } from '../pool';
import type { ProviderGateway } from '../provider';
import { Engine } from './engine';
import { Model } from './model';
import { EnvVariable, Toleration } from './pod-options';
import { Rendering } from './rendering';
import { Serving } from './serving';

/** What each pod of a model requests. */
export interface ModelResources {
  /**
   * GPUs of each pod, 0 to 64. With providers vllm and llmd more than one spreads the model's tensors over them; with dynamo and kuberay
   * that takes a flag in `engine.args`.
   *
   * @default - 1 when `resources` is absent, 0 when it is given without
   */
  readonly gpus?: number;

  /**
   * Resource name of the GPUs.
   *
   * @default nvidia.com/gpu
   */
  readonly gpuType?: string;

  /**
   * Memory of each pod, 4 TiB at most.
   *
   * @default - not requested
   */
  readonly memory?: Size;

  /**
   * CPU of each pod as a Kubernetes quantity (`4`, `500m`), 512 at most.
   *
   * @default - not requested
   */
  readonly cpu?: string;
}

/** What decides how a model is rendered, beside what the model is. */
export interface ModelRenderingOptions {
  /**
   * The Gateway it is served through.
   *
   * @default - none: static rendering gives the workload only, a controller finds the Gateway by itself
   */
  readonly gateway?: IInferenceGateway;

  /**
   * The provider that serves it. Static rendering needs one.
   *
   * @default - the controller chooses by the providers' selection rules
   */
  readonly provider?: ProviderGateway;

  /**
   * What is rendered.
   *
   * @default - `DefaultRendering` of the scope, else `Rendering.STATIC`
   */
  readonly rendering?: Rendering;

  /**
   * The image a controller would resolve its default to, by digest, in static rendering. An image of model or engine goes before it.
   *
   * @default - the provider's default image, by tag
   */
  readonly resolvedImage?: string;

  /**
   * The first id the server's `/v1/models` answers, which a controller would discover in the cluster.
   *
   * @default - not known
   */
  readonly discoveredModelName?: string;

  /**
   * Longest time a request may take, in static rendering.
   *
   * @default Duration.seconds(300)
   */
  readonly timeout?: Duration;

  /**
   * Port of the model server in its pods, in static rendering.
   *
   * @default - the provider's: 5000 for KAITO, else 8000
   */
  readonly targetPort?: number;

  /**
   * The endpoint picker, in static rendering; goes before the provider's.
   *
   * @default - the provider's, else one with defaults
   */
  readonly endpointPicker?: EndpointPickerOptions;

  /**
   * An endpoint picker that exists, in static rendering.
   *
   * @default - one is rendered; `kubeairunway-epp` with `AirunwayApi.KUBEAIRUNWAY`
   */
  readonly endpointPickerService?: EndpointPickerServiceRef;
}

/** Properties of `ModelDeployment`. */
export interface ModelDeploymentProps extends ModelRenderingOptions {
  /** The model to serve. */
  readonly model: Model;

  /**
   * The engine that runs it. Static rendering needs one.
   *
   * @default - the controller chooses
   */
  readonly engine?: Engine;

  /**
   * Name of the model's objects.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the model's objects.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * Labels of the ModelDeployment.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Annotations of the ModelDeployment.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * What each pod requests, in aggregated serving.
   *
   * @default - one GPU, unless the engine is llama.cpp or `image` is given
   */
  readonly resources?: ModelResources;

  /**
   * How the work is spread over pods.
   *
   * @default Serving.aggregated()
   */
  readonly serving?: Serving;

  /**
   * Number of pods in aggregated serving, 0 to 32.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * Container image, in the older of the two image fields. It is the one KAITO reads for llama.cpp; elsewhere `engine.image` goes
   * before it.
   *
   * @default - the engine's or the provider's
   */
  readonly image?: string;

  /**
   * Environment variables of the model server.
   *
   * @default - none
   */
  readonly env?: EnvVariable[];

  /**
   * Labels of the pods.
   *
   * @default - the provider's own
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations of the pods.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Labels of the nodes the pods may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints the pods tolerate.
   *
   * @default - none
   */
  readonly tolerations?: Toleration[];

  /**
   * The Secret whose key `HF_TOKEN` holds the Hugging Face token.
   *
   * @default - no token
   */
  readonly huggingFaceToken?: ISecret;

  /**
   * Name of the Secret whose key `HF_TOKEN` holds the Hugging Face token, where there is no construct for it.
   *
   * @default - `huggingFaceToken`
   */
  readonly huggingFaceTokenSecretName?: string;

  /**
   * Fields merged over the provider's object last: maps merge, everything else is replaced. Security fields, replicas and resources
   * are refused.
   *
   * @default - none
   */
  readonly providerOverrides?: { [key: string]: any };

  /**
   * Whether the model is served through a Gateway at all: `spec.gateway.enabled`.
   *
   * @default - true where there is a Gateway
   */
  readonly gatewayEnabled?: boolean;

  /**
   * The name routes match on: `spec.gateway.modelName`.
   *
   * @default - `servedName`, else `discoveredModelName`, else the model id
   */
  readonly modelName?: string;

  /**
   * Name of an HTTPRoute in the model's namespace to use; none is rendered then.
   *
   * @default - an HTTPRoute is rendered
   */
  readonly httpRouteRef?: string;

  /**
   * The AI Runway API group of the custom resource and of the labels.
   *
   * @default - the Gateway's, else `AirunwayApi.AIRUNWAY`
   */
  readonly airunwayApi?: AirunwayApi;
}
