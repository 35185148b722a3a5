import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AirunwayApi, assertNoMistakes, compact, InvalidInputError, kubeObject, Manifest, Mistake, namespaceOf, throwTogether, warn,
} from '../core';
import { AllowedRoutes, GatewayImplementation, IInferenceGateway, InferenceGateway } from '../gateway';
import { DefaultRendering, ModelDeployment, ModelRenderingOptions, pickerOptions, Rendering } from '../model';
import { ModelDeploymentSpec } from '../plan';
import { EndpointPickerOptions } from '../pool';
import { presetOf, PRESETS, ProviderGateway, resolvePool, servingService } from '../provider';
import { chooseGateway } from './choose-gateway';
import { ClusterFacts } from './cluster-facts';
import { readManifestFiles, readManifestText, ReadManifests } from './manifest-files';
import { select } from './select-provider';

/** Options of `AirunwayManifests`. */
export interface AirunwayManifestsOptions {
  /**
   * What the ModelDeployments are rendered as.
   *
   * @default - `DefaultRendering` of the scope, else `Rendering.STATIC`
   */
  readonly rendering?: Rendering;

  /**
   * The Gateway all models are served through.
   *
   * @default - the one of the manifests; of several, the one labelled `<domain>/inference-gateway: "true"`
   */
  readonly gateway?: IInferenceGateway;

  /**
   * The Gateway of the manifests that all models are served through, as `<namespace>/<name>`.
   *
   * @default - the only one, or the one that carries the label
   */
  readonly gatewayName?: string;

  /**
   * The software behind the Gateways of the manifests.
   *
   * @default - known from `gatewayClassName`
   */
  readonly implementation?: GatewayImplementation;

  /**
   * Whether Istio's DestinationRules are rendered, whatever the implementation needs.
   *
   * @default - what the implementation needs
   */
  readonly destinationRules?: boolean;

  /**
   * Which namespaces' routes the Gateways of the manifests accept.
   *
   * @default - with static rendering those of the models are added, for a controller nothing changes
   */
  readonly allowedRoutes?: AllowedRoutes;

  /**
   * The endpoint pickers, in static rendering, where neither provider nor manifest says otherwise.
   *
   * @default - the defaults of `EndpointPicker`
   */
  readonly endpointPicker?: EndpointPickerOptions;

  /**
   * What only a running cluster knows of single models, by `<namespace>/<name>`: the discovered name, the image digest, the port.
   *
   * @default - nothing more than the manifests say
   */
  readonly models?: { [model: string]: ModelRenderingOptions };
}

/**
 * ModelDeployments, Gateways and InferenceProviderConfigs that exist as YAML, as constructs.
 *
 * For a controller every object is rendered as it was read, others included. Rendered statically the ModelDeployments become their
 * objects, and other objects of the input (Services, InferencePools) only tell what a controller would look up in its cluster.
 *
 * Errors: IGW601 for what cannot be read, and those of `ModelDeployment`, `InferenceGateway` and `ProviderGateway`, of all
 * manifests together.
 */
export class AirunwayManifests extends Construct {
  /** Reads a file, or every `.yaml`, `.yml` and `.json` file below a folder. */
  public static fromPath(scope: Construct, id: string, path: string, options: AirunwayManifestsOptions = {}): AirunwayManifests {
    return construct(scope, id, options, readManifestFiles(path));
  }

  /** Reads the documents of a YAML text. */
  public static fromYaml(scope: Construct, id: string, yaml: string, options: AirunwayManifestsOptions = {}): AirunwayManifests {
    return construct(scope, id, options, readManifestText(yaml, 'yaml'));
  }

  /** Takes manifests that are parsed already. */
  public static fromObjects(scope: Construct, id: string, manifests: any[], options: AirunwayManifestsOptions = {}): AirunwayManifests {
    return construct(scope, id, options, { manifests: structuredClone(manifests), mistakes: [] });
  }

  /** The Gateways. */
  public readonly gateways: InferenceGateway[] = [];
  /** The providers. */
  public readonly providers: ProviderGateway[] = [];
  /** The models. */
  public readonly models: ModelDeployment[] = [];
  /** All other objects, where they are rendered as they were read. */
  public readonly others: ApiObject[] = [];

  private readonly rendering: Rendering;
  private readonly facts: ClusterFacts;
  private readonly errors: InvalidInputError[] = [];

  public constructor(scope: Construct, id: string, options: AirunwayManifestsOptions = {}) {
    super(scope, id);
    const { manifests, mistakes } = (options as { [READ]?: ReadManifests })[READ] ?? NOTHING;
    assertNoMistakes(this, mistakes);
    this.rendering = options.rendering ?? DefaultRendering.of(this);
    this.facts = new ClusterFacts(manifests);

    const ours = (kind: string) => manifests.filter((manifest) => manifest.kind === kind && isAirunway(manifest));
    const gateways = manifests.filter(isGateway);
    const models = ours('ModelDeployment');
    const chosen = chooseGateway(gateways, models[0]?.apiVersion.split('/')[0] ?? AirunwayApi.AIRUNWAY, options.gatewayName);
    let gateway = options.gateway;
    for (const manifest of gateways) {
      const made = this.attempt(() => this.readGateway(manifest, options));
      if (made && manifest === chosen) gateway ??= made;
    }
    ours('InferenceProviderConfig').forEach((manifest) => this.attempt(() => this.readProvider(manifest)));
    models.forEach((manifest) => this.attempt(() => this.readModel(manifest, gateway, options)));
    if (this.rendering === Rendering.CONTROLLER) {
      const others = manifests.filter((manifest) => !isGateway(manifest) && !isAirunway(manifest));
      this.others.push(...others.map((manifest) => kubeObject(this, idOf(manifest), manifest)));
    }
    throwTogether(this.errors);
  }

  private readGateway(manifest: Manifest, { implementation, destinationRules, allowedRoutes }: AirunwayManifestsOptions): InferenceGateway {
    const isStatic = this.rendering === Rendering.STATIC;
    const { gatewayClassName = '' } = (manifest.spec ?? {}) as { gatewayClassName?: string };
    const known = implementation ?? GatewayImplementation.fromGatewayClassName(gatewayClassName);
    const gateway = InferenceGateway.fromManifest(this, idOf(manifest), manifest, {
      implementation: destinationRules === undefined ? known : GatewayImplementation.of(known.gatewayClassName, { ...known.capabilities, destinationRules }),
      allowedRoutes: allowedRoutes ?? (isStatic ? AllowedRoutes.attached() : AllowedRoutes.unmanaged()),
    });
    this.gateways.push(gateway);
    return gateway;
  }

  private readProvider(manifest: Manifest): void {
    this.providers.push(ProviderGateway.fromManifest(this, idOf(manifest), manifest));
  }

  private readModel(manifest: Manifest, gateway: IInferenceGateway | undefined, options: AirunwayManifestsOptions): void {
    const isStatic = this.rendering === Rendering.STATIC;
    const decided = isStatic ? this.decide(manifest) : manifest;
    const spec = (decided.spec ?? {}) as Partial<ModelDeploymentSpec>;
    const providerName = spec.provider?.name ?? '';
    const provider = this.providers.find((candidate) => candidate.providerName === providerName);
    const facts = this.lookUp(manifest, providerName, spec.engine?.type, provider, options);
    const model = ModelDeployment.fromManifest(this, idOf(manifest), decided, {
      gateway: isStatic && facts.poolIsTaken ? undefined : gateway, provider, rendering: this.rendering, ...facts.options,
    });
    this.models.push(model);
    if (isStatic) this.yieldToInput(model);
  }

  /** Fills in engine and provider as the controller would, where the manifest leaves them out. */
  private decide(manifest: Manifest): Manifest {
    const spec = manifest.spec as ModelDeploymentSpec | undefined;
    if (!spec || (spec.engine?.type && spec.provider?.name)) return manifest;
    const registered = this.providers.map(({ providerName, _spec }) => ({ name: providerName, spec: _spec }));
    const { engine, provider } = select(spec, registered.length > 0 ? registered : PRESETS);
    return {
      ...manifest,
      spec: { ...spec, engine: compact({ ...spec.engine, type: engine }), provider: compact({ ...spec.provider, name: provider }) },
    };
  }

  /**
   * What the input holds already is not rendered again. A workload that belongs to nobody is an error, as it is to the live
   * controller; it would adopt or overwrite the others.
   */
  private yieldToInput(model: ModelDeployment): void {
    const present = model.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child))
      .filter(({ kind, metadata, name }) => this.facts.has(kind, metadata.namespace, name));
    const describe = ({ kind, metadata, name }: ApiObject): Mistake => ({
      code: 'IGW603',
      field: kind,
      value: `${metadata.namespace}/${name}`,
      problem: `is part of the input, and ModelDeployment ${model.namespace}/${model.name} makes one of the same name`,
      fix: 'remove it from the input, or rename the ModelDeployment',
    });
    assertNoMistakes(model, present.filter((object) => model.workload.includes(object)).map(describe));
    for (const object of present) {
      object.node.scope!.node.tryRemoveChild(object.node.id);
      warn(model, describe(object));
    }
  }

  /**
   * What a controller would look up: the port behind the model's Service, the endpoint picker of a pool the provider made, and
   * what its own flags say where the provider says nothing of the endpoint picker.
   */
  private lookUp(
    { metadata }: Manifest, providerName: string, engine: string | undefined, provider: ProviderGateway | undefined,
    options: AirunwayManifestsOptions,
  ): { options: ModelRenderingOptions; poolIsTaken: boolean } {
    const namespace = metadata.namespace ?? namespaceOf(this);
    const capabilities = (provider?._spec ?? presetOf(providerName)?.spec)?.capabilities?.engines?.find(({ name }) => name === engine);
    const pool = resolvePool(capabilities?.gateway, metadata.name, namespace);
    const picker = pool.managedByProvider ? this.facts.endpointPickerOf(pool.name, pool.namespace) : undefined;
    return {
      options: {
        targetPort: this.facts.targetPort(servingService(providerName, metadata.name), namespace),
        endpointPickerService: picker ? { name: picker } : undefined,
        endpointPicker: options.endpointPicker && { ...options.endpointPicker, ...pickerOptions(capabilities?.gateway?.endpointPicker) },
        ...options.models?.[`${namespace}/${metadata.name}`],
      },
      poolIsTaken: !pool.managedByProvider && this.facts.isControlled('InferencePool', pool.namespace, pool.name),
    };
  }

  /** Goes on after a mistake, so that the mistakes of all manifests are reported together. */
  private attempt<T>(make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      this.errors.push(error);
      return undefined;
    }
  }
}

const READ = Symbol('read');
const NOTHING: ReadManifests = { manifests: [], mistakes: [] };

function construct(scope: Construct, id: string, options: AirunwayManifestsOptions, read: ReadManifests): AirunwayManifests {
  return new AirunwayManifests(scope, id, { ...options, [READ]: read } as AirunwayManifestsOptions);
}

function isAirunway({ apiVersion }: Manifest): boolean {
  return Object.values(AirunwayApi).some((api) => apiVersion.startsWith(`${api}/`));
}

function isGateway({ apiVersion, kind }: Manifest): boolean {
  return kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/');
}

function idOf({ kind, metadata }: Manifest): string {
  return `${kind}-${metadata.namespace ?? 'default'}-${metadata.name}`;
}
