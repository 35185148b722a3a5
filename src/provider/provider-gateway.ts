import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AirunwayApi, assertNoMistakes, compact, copyOf, kubeObject, Manifest, warn, withoutNulls } from '../core';
import { ApiFormat, EngineType, ServingMode } from '../plan';
import { checkDocument, checkProvider, providerNotices } from './check-provider';
import { DYNAMO, goJson, KAITO, KUBERAY, LLMD, VLLM } from './presets';
import type { EngineCapabilitySpec, ProviderPreset, ProviderSpec } from './provider-spec';
import { resolvePool, ResolvedPool } from './resolve-pool';

/** The endpoint picker a provider wants in front of an engine. */
export interface ProviderEndpointPicker {
  /**
   * Container image.
   *
   * @default - the one of the pinned Gateway API Inference Extension release
   */
  readonly image?: string;

  /**
   * The EndpointPickerConfig document, as YAML.
   *
   * @default - the endpoint picker's default
   */
  readonly configData?: string;
}

/** How an engine of a provider stands behind a Gateway. */
export interface EngineGatewayCapabilities {
  /**
   * Whether the provider's operator makes InferencePool and endpoint picker.
   *
   * @default false
   */
  readonly managesInferencePool?: boolean;

  /**
   * Name of the pool the provider makes; `{name}` and `{namespace}` stand for the model's.
   *
   * @default - the model's name
   */
  readonly inferencePoolNamePattern?: string;

  /**
   * Namespace of the pool the provider makes; `{name}` and `{namespace}` stand for the model's. When it is another than the
   * model's, a ReferenceGrant is rendered there.
   *
   * @default - the model's namespace
   */
  readonly inferencePoolNamespace?: string;

  /**
   * The endpoint picker to use in front of the engine, where the provider does not make its own.
   *
   * @default - the default endpoint picker
   */
  readonly endpointPicker?: ProviderEndpointPicker;

  /**
   * Whether the engine answers to the model id only, whatever `servedName` says.
   *
   * @default false
   */
  readonly ignoresServedName?: boolean;
}

/** What a provider can do with one engine. */
export interface ProviderEngine {
  /** The engine. */
  readonly name: EngineType;

  /**
   * Serving modes it can run the engine in.
   *
   * @default - aggregated
   */
  readonly servingModes?: ServingMode[];

  /**
   * APIs the served model speaks.
   *
   * @default - OpenAI chat completions
   */
  readonly apiFormats?: ApiFormat[];

  /**
   * Whether it runs on GPUs.
   *
   * @default - not said
   */
  readonly gpuSupport?: boolean;

  /**
   * Whether it runs without a GPU.
   *
   * @default - not said, which means no
   */
  readonly cpuSupport?: boolean;

  /**
   * Whether an operator with CustomResourceDefinitions of its own has to be installed.
   *
   * @default - not said, which means yes
   */
  readonly requiresCrd?: boolean;

  /**
   * How it stands behind a Gateway.
   *
   * @default - AI Runway's pool and endpoint picker
   */
  readonly gateway?: EngineGatewayCapabilities;
}

/** When a provider is chosen for a model that names none. */
export interface SelectionRule {
  /** A CEL expression over `spec` of the ModelDeployment. */
  readonly condition: string;

  /**
   * The highest one among all providers' rules that hold wins.
   *
   * @default - 0
   */
  readonly priority?: number;
}

/** Options of the known providers. */
export interface ProviderGatewayOptions {
  /**
   * Whether the InferenceProviderConfig is rendered. The provider's own controller writes an equal one when it starts.
   *
   * @default - rendered, unless every model that uses the provider is rendered statically, which needs no controller
   */
  readonly register?: boolean;

  /**
   * Changes how all engines of the provider stand behind a Gateway, for example the namespace of Dynamo's pools.
   *
   * @default - as the provider registers itself
   */
  readonly gateway?: EngineGatewayCapabilities;

  /**
   * The AI Runway API group of the InferenceProviderConfig.
   *
   * @default AirunwayApi.AIRUNWAY
   */
  readonly airunwayApi?: AirunwayApi;
}

/** Properties of `ProviderGateway`. */
export interface ProviderGatewayProps {
  /** What it can do with each engine. */
  readonly engines: ProviderEngine[];

  /**
   * The provider's name, which `ModelDeployment` refers to.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * When it is chosen for a model that names no provider.
   *
   * @default - only when named
   */
  readonly selectionRules?: SelectionRule[];

  /**
   * Annotations of the InferenceProviderConfig.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };

  /**
   * Whether the InferenceProviderConfig is rendered.
   *
   * @default - rendered, unless every model that uses the provider is rendered statically, which needs no controller
   */
  readonly register?: boolean;
}

/**
 * A provider of model servers and how it stands behind a Gateway.
 *
 * Renders an `InferenceProviderConfig` (airunway.ai/v1alpha1, cluster-scoped) where a controller reads it. The known providers
 * are equal to what their controllers register.
 *
 * Errors: IGW101, IGW201, IGW202 and IGW302, the last for what a cluster would admit although it cannot work.
 */
export class ProviderGateway extends Construct {
  /** NVIDIA Dynamo: vLLM, SGLang and TensorRT-LLM; makes its own InferencePool and endpoint picker. */
  public static dynamo(scope: Construct, id: string, options: ProviderGatewayOptions = {}): ProviderGateway {
    return ofPreset(scope, id, DYNAMO, options);
  }

  /** llm-d: vLLM, with prefill and decode apart if wanted, behind llm-d's own endpoint picker. */
  public static llmd(scope: Construct, id: string, options: ProviderGatewayOptions = {}): ProviderGateway {
    return ofPreset(scope, id, LLMD, options);
  }

  /** KAITO: vLLM presets, and llama.cpp with or without GPU. */
  public static kaito(scope: Construct, id: string, options: ProviderGatewayOptions = {}): ProviderGateway {
    return ofPreset(scope, id, KAITO, options);
  }

  /** KubeRay: vLLM on Ray Serve. */
  public static kuberay(scope: Construct, id: string, options: ProviderGatewayOptions = {}): ProviderGateway {
    return ofPreset(scope, id, KUBERAY, options);
  }

  /** Direct vLLM: plain Deployments and Services. */
  public static vllm(scope: Construct, id: string, options: ProviderGatewayOptions = {}): ProviderGateway {
    return ofPreset(scope, id, VLLM, options);
  }

  /**
   * Reads an InferenceProviderConfig manifest in, lossless: without `gateway` it is rendered as it is. Its API group is the one it has.
   *
   * Errors: IGW601 for what is no InferenceProviderConfig.
   *
   * @param manifest the parsed manifest
   */
  public static fromManifest(scope: Construct, id: string, manifest: any, options: ProviderGatewayOptions = {}): ProviderGateway {
    assertNoMistakes(`${scope.node.path}/${id}`, checkDocument(manifest));
    const copy = copyOf(manifest) as Manifest;
    const isLegacy = copy.apiVersion.startsWith(`${AirunwayApi.KUBEAIRUNWAY}/`);
    const given = withoutNulls(copy.spec ?? {});
    const read = (isLegacy ? fromLegacySpec(given as LegacySpec) : given) as ProviderSpec;
    const spec = options.gateway ? withGateway(read, gatewaySpec(options.gateway)) : read;
    return ofSource(scope, id, { manifest: isLegacy || !options.gateway ? copy : { ...copy, spec }, spec }, options.register);
  }

  /** The provider's name. */
  public readonly providerName: string;

  private readonly spec: ProviderSpec;
  private readonly manifest: Manifest;
  private readonly register?: boolean;
  private readByController = false;

  public constructor(scope: Construct, id: string, props: ProviderGatewayProps) {
    super(scope, id);
    const source = (props as { [SOURCE]?: ProviderSource })[SOURCE];
    this.providerName = source?.manifest.metadata.name ?? props.name ?? id;
    this.spec = source ? source.spec : specOf(props);
    this.register = props.register;
    this.manifest = source?.manifest ?? {
      apiVersion: `${AirunwayApi.AIRUNWAY}/v1alpha1`,
      kind: 'InferenceProviderConfig',
      metadata: compact({ name: this.providerName, annotations: props.annotations }),
      spec: this.spec,
    };
    // The older group has another, flat shape of capabilities, which is read in but not checked.
    if (this.manifest.apiVersion.startsWith(`${AirunwayApi.AIRUNWAY}/`)) {
      assertNoMistakes(this, checkProvider(this.providerName, this.spec));
      providerNotices(this.spec).forEach((notice) => warn(this, notice));
    }
    if (this.register ?? true) this.render();
  }

  /** The InferenceProviderConfig, where it is rendered. */
  public get config(): ApiObject | undefined {
    return this.node.tryFindChild('Resource') as ApiObject | undefined;
  }

  /**
   * The InferencePool of a model served by this provider.
   *
   * @param engine the model's engine
   * @param name name of the model
   * @param namespace namespace of the model
   */
  public resolvePool(engine: EngineType, name: string, namespace: string): ResolvedPool {
    return resolvePool(this._engine(engine)?.gateway, name, namespace);
  }

  /** @internal */
  public _engine(name: string): EngineCapabilitySpec | undefined {
    return this.spec.capabilities?.engines?.find((engine) => engine.name === name);
  }

  /** @internal */
  public get _spec(): ProviderSpec {
    return this.spec;
  }

  /** @internal */
  public _usedBy(reader: 'controller' | 'static'): void {
    if (this.register !== undefined) return;
    this.readByController ||= reader === 'controller';
    if (this.readByController) this.render();
    else this.node.tryRemoveChild('Resource');
  }

  private render(): void {
    if (!this.config) kubeObject(this, 'Resource', this.manifest);
  }
}

const SOURCE = Symbol('source');

interface ProviderSource {
  readonly manifest: Manifest;
  /** The capabilities in the current group's shape, whatever the manifest's. */
  readonly spec: ProviderSpec;
}

function ofSource(scope: Construct, id: string, source: ProviderSource, register: boolean | undefined): ProviderGateway {
  return new ProviderGateway(scope, id, { engines: [], register, [SOURCE]: source } as ProviderGatewayProps);
}

function ofPreset(scope: Construct, id: string, preset: ProviderPreset, options: ProviderGatewayOptions): ProviderGateway {
  const spec = options.gateway ? withGateway(preset.spec, gatewaySpec(options.gateway)) : preset.spec;
  const isLegacy = options.airunwayApi === AirunwayApi.KUBEAIRUNWAY;
  const manifest = isLegacy ? legacyManifest(preset.name, spec) : presetManifest(preset, spec);
  return ofSource(scope, id, { manifest, spec }, options.register);
}

/** Providers repeat their capabilities in an annotation. */
function presetManifest({ name, annotations }: ProviderPreset, spec: ProviderSpec): Manifest {
  const current = 'capabilities' in annotations ? { ...annotations, capabilities: goJson(spec.capabilities) } : annotations;
  return {
    apiVersion: `${AirunwayApi.AIRUNWAY}/v1alpha1`,
    kind: 'InferenceProviderConfig',
    metadata: { name, annotations: prefixed(current) },
    spec,
  };
}

function prefixed(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${AirunwayApi.AIRUNWAY}/${key}`, value]));
}

interface LegacySpec extends Pick<ProviderSpec, 'selectionRules'> {
  readonly capabilities?: {
    readonly engines?: readonly EngineCapabilitySpec['name'][];
    readonly servingModes?: EngineCapabilitySpec['servingModes'];
    readonly gpuSupport?: boolean;
    readonly cpuSupport?: boolean;
  };
}

function fromLegacySpec({ capabilities, selectionRules }: LegacySpec): ProviderSpec {
  if (!capabilities) return compact({ selectionRules });
  const { engines = [], servingModes = [ServingMode.AGGREGATED], gpuSupport, cpuSupport } = capabilities;
  return compact({
    capabilities: { engines: engines.map((name) => compact({ name, servingModes, gpuSupport, cpuSupport })) },
    selectionRules,
  });
}

/** The older group names engines, modes and hardware once for the whole provider. */
function legacyManifest(name: string, spec: ProviderSpec): Manifest {
  const engines = spec.capabilities?.engines ?? [];
  return {
    apiVersion: `${AirunwayApi.KUBEAIRUNWAY}/v1alpha1`,
    kind: 'InferenceProviderConfig',
    metadata: { name },
    spec: compact({
      capabilities: {
        engines: engines.map((engine) => engine.name),
        servingModes: [...new Set(engines.flatMap(({ servingModes }) => servingModes ?? []))],
        gpuSupport: engines.some(({ gpuSupport }) => gpuSupport),
        cpuSupport: engines.some(({ cpuSupport }) => cpuSupport),
      },
      selectionRules: spec.selectionRules,
    }),
  };
}

function withGateway(spec: ProviderSpec, gateway: EngineCapabilitySpec['gateway']): ProviderSpec {
  const engines = spec.capabilities?.engines?.map((engine) => ({ ...engine, gateway: { ...engine.gateway, ...gateway } }));
  return { ...spec, capabilities: { ...spec.capabilities, engines } };
}

function specOf({ engines, selectionRules }: ProviderGatewayProps): ProviderSpec {
  return compact({
    capabilities: {
      engines: engines.map(({ name, servingModes, apiFormats, gpuSupport, cpuSupport, requiresCrd, gateway }): EngineCapabilitySpec => compact({
        name,
        // Without a mode the live controller takes the engine for one that serves none.
        servingModes: servingModes ?? [ServingMode.AGGREGATED],
        apiFormats,
        gpuSupport,
        cpuSupport,
        requiresCRD: requiresCrd,
        gateway: gateway && gatewaySpec(gateway),
      })),
    },
    selectionRules: selectionRules?.map(({ condition, priority }) => compact({ condition, priority })),
  });
}

function gatewaySpec(gateway: EngineGatewayCapabilities): NonNullable<EngineCapabilitySpec['gateway']> {
  const { managesInferencePool, inferencePoolNamePattern, inferencePoolNamespace, endpointPicker, ignoresServedName } = gateway;
  return compact({
    managesInferencePool,
    inferencePoolNamePattern,
    inferencePoolNamespace,
    endpointPicker: endpointPicker && compact({ image: endpointPicker.image, configData: endpointPicker.configData }),
    ignoresServedName,
  });
}
