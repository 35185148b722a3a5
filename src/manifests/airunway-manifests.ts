import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import {
  AirunwayApi, assertNoMistakes, InvalidInputError, isMap, kubeObject, Manifest, Mistake, namespaceOf, throwTogether, warn,
} from '../core';
import { AllowedRoutes, GatewayImplementation, IInferenceGateway, InferenceGateway } from '../gateway';
import { DefaultRendering, ModelDeployment, ModelRenderingOptions, pickerOptions, Rendering } from '../model';
import { EndpointPickerOptions } from '../pool';
import { EngineGatewaySpec, presetOf, PRESETS, ProviderGateway, resolvePool, servingService } from '../provider';
import { chooseGateway, isGateway } from './choose-gateway';
import { ClusterFacts } from './cluster-facts';
import { decide } from './decide';
import { FoundManifest, readManifestFiles, readManifestObjects, readManifestText, ReadManifests } from './manifest-files';
import { idOf, keyOf, nameOf } from './object-key';
import type { Candidate } from './select-provider';

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
 * For a controller every object is rendered as it was read and where it was read, others included. Rendered statically the
 * ModelDeployments become their objects, the Gateway they are served through comes back with its `allowedRoutes`, and other objects of
 * the input (Services, InferencePools) only tell what a controller would look up in its cluster.
 *
 * Errors: IGW601 for what cannot be read, with file and line, IGW103 for an object that is there twice, IGW603 for a workload that is
 * there already, and those of `ModelDeployment`, `InferenceGateway` and `ProviderGateway`, of all manifests together.
 */
export class AirunwayManifests extends Construct {
  /** Reads a file, or every `.yaml`, `.yml` and `.json` file below a folder. */
  public static fromPath(scope: Construct, id: string, path: string, options: AirunwayManifestsOptions = {}): AirunwayManifests {
    return constructRead(scope, id, readManifestFiles(path), options);
  }

  /** Reads the documents of a YAML text. */
  public static fromYaml(scope: Construct, id: string, yaml: string, options: AirunwayManifestsOptions = {}): AirunwayManifests {
    return constructRead(scope, id, readManifestText(yaml, 'yaml'), options);
  }

  /** Takes manifests that are parsed already; they are copied. */
  public static fromObjects(scope: Construct, id: string, manifests: any[], options: AirunwayManifestsOptions = {}): AirunwayManifests {
    return constructRead(scope, id, readManifestObjects(manifests), options);
  }

  /** The Gateways. */
  public readonly gateways: InferenceGateway[] = [];
  /** The providers. */
  public readonly providers: ProviderGateway[] = [];
  /** The models. */
  public readonly models: ModelDeployment[] = [];
  /** All other objects, where they are rendered as they were read. */
  public readonly others: ApiObject[] = [];

  private readonly options: AirunwayManifestsOptions;
  private readonly isStatic: boolean;
  private readonly namespace: string;
  private readonly facts: ClusterFacts;
  private readonly errors: InvalidInputError[] = [];
  /** The providers that are asked who serves a model that names none. */
  private readonly candidates: Candidate[] = [];
  /** Whether something is missing that may be just what could not be read. */
  private isIncomplete: boolean;

  public constructor(scope: Construct, id: string, options: AirunwayManifestsOptions = {}) {
    super(scope, id);
    const read = (options as { [READ]?: ReadManifests })[READ] ?? NOTHING;
    this.options = options;
    this.isStatic = (options.rendering ?? DefaultRendering.of(this)) === Rendering.STATIC;
    this.namespace = namespaceOf(this);
    this.isIncomplete = read.mistakes.length > 0;
    this.refuse(read.source ?? this.node.path, read.mistakes);
    const entries = this.entriesOf(read.found);
    this.facts = new ClusterFacts(entries.map(({ manifest }) => manifest), this.namespace);

    const models = entries.filter(({ manifest }) => isOurs(manifest, 'ModelDeployment'));
    const gateway = this.readGateways(entries.filter(({ manifest }) => isGateway(manifest)), models[0]?.manifest);
    entries.filter(({ manifest }) => isOurs(manifest, 'InferenceProviderConfig')).forEach((entry) => this.readProvider(entry));
    models.forEach((entry) => this.readModel(entry, gateway));
    this.refuse(this.node.path, this.checkModelOptions(models));
    if (!this.isStatic) this.others.push(...entries.filter(({ manifest }) => isOther(manifest)).map((entry) => this.passThrough(entry)));
    throwTogether(this.errors);
  }

  /** Every object has its place in the tree from the start: it is rendered in the order of the input, and made in another. */
  private entriesOf(found: readonly FoundManifest[]): Entry[] {
    const first = new Map<string, FoundManifest>();
    return found.flatMap((item) => {
      const { manifest, location } = item;
      const key = keyOf(idOf(manifest), this.namespace);
      const other = first.get(key);
      if (!other) {
        first.set(key, item);
        return [{ ...item, slot: this.slotOf(manifest) }];
      }
      this.refuse(location ?? this.node.path, [{
        code: 'IGW103',
        field: manifest.kind,
        value: nameOf(manifest, this.namespace),
        problem: other.location === undefined ? 'is in the input twice' : `is in the input already, at ${other.location}`,
        allowed: 'each object once',
        fix: 'remove one of the two',
      }]);
      return [];
    });
  }

  private slotOf(manifest: Manifest): Construct {
    const id = `${manifest.kind}-${manifest.metadata.namespace ?? this.namespace}-${manifest.metadata.name}`;
    // Team a-b with model c and team a with model b-c, or one kind of two API groups.
    const isTaken = this.node.tryFindChild(id) !== undefined;
    return new Construct(this, isTaken ? `${id} (${this.node.children.length})` : id);
  }

  private readGateways(entries: readonly Entry[], model: Manifest | undefined): IInferenceGateway | undefined {
    const { gateway: given, gatewayName } = this.options;
    const manifests = entries.map(({ manifest }) => manifest);
    const named = manifests.find((manifest) => nameOf(manifest, this.namespace) === gatewayName);
    this.refuse(this.node.path, this.checkGatewayOptions(manifests, named));
    const domain = model?.apiVersion.split('/')[0] ?? AirunwayApi.AIRUNWAY;
    const chosen = given ? undefined : named ?? chooseGateway(manifests, domain, this.namespace);
    let made: InferenceGateway | undefined;
    for (const entry of entries) {
      const gateway = this.attempt(entry, () => this.readGateway(entry, entry.manifest === chosen));
      if (entry.manifest === chosen) made = gateway;
    }
    if (this.isStatic && model && !given && !chosen && manifests.length > 0) this.warnOfGateways(manifests, domain);
    return given ?? made;
  }

  private readGateway({ slot, manifest }: Entry, isChosen: boolean): InferenceGateway {
    const { implementation, destinationRules, allowedRoutes } = this.options;
    const className = isMap(manifest.spec) ? manifest.spec.gatewayClassName : undefined;
    const known = implementation ?? GatewayImplementation.fromGatewayClassName(typeof className === 'string' ? className : '');
    const gateway = InferenceGateway.fromManifest(slot, 'Gateway', manifest, {
      implementation: withDestinationRules(known, destinationRules),
      allowedRoutes: allowedRoutes ?? (this.isStatic && isChosen ? AllowedRoutes.attached() : AllowedRoutes.unmanaged()),
    });
    this.gateways.push(gateway);
    return gateway;
  }

  private readProvider(entry: Entry): void {
    const provider = this.attempt(entry, () => ProviderGateway.fromManifest(entry.slot, 'Provider', entry.manifest));
    if (!provider) {
      this.isIncomplete = true;
      return;
    }
    // Only a controller reads it: without models for one it stays out.
    if (this.isStatic) provider._usedBy('static');
    this.providers.push(provider);
    if (mayBeReady(entry.manifest)) this.candidates.push({ name: provider.providerName, spec: provider._spec });
  }

  private readModel(entry: Entry, gateway: IInferenceGateway | undefined): void {
    this.attempt(entry, () => {
      const manifest = this.isStatic ? this.decide(entry.manifest) : entry.manifest;
      const provider = this.providers.find(({ providerName }) => providerName === providerNameOf(manifest));
      const model = ModelDeployment.fromManifest(entry.slot, 'Model', manifest, {
        gateway: this.isStatic && this.isPoolTaken(entry.slot, manifest, provider) ? undefined : gateway,
        provider,
        rendering: this.isStatic ? Rendering.STATIC : Rendering.CONTROLLER,
        ...this.lookUp(manifest, provider),
      });
      this.models.push(model);
      if (this.isStatic) this.yieldToInput(model);
    });
  }

  private decide(manifest: Manifest): Manifest {
    return decide(manifest, this.providers.length > 0 ? this.candidates : PRESETS);
  }

  /**
   * What a controller would look up: the port behind the model's Service, the endpoint picker of a pool the provider made, and
   * what its own flags say where the provider says nothing of the endpoint picker.
   */
  private lookUp(manifest: Manifest, provider: ProviderGateway | undefined): ModelRenderingOptions {
    const { name } = manifest.metadata;
    const namespace = manifest.metadata.namespace ?? this.namespace;
    const capabilities = gatewayOf(manifest, provider);
    const pool = resolvePool(capabilities, name, namespace);
    const picker = pool.managedByProvider ? this.facts.endpointPickerOf(pool.name, pool.namespace) : undefined;
    return {
      targetPort: this.facts.targetPort(servingService(providerNameOf(manifest) ?? '', name), namespace),
      endpointPickerService: picker ? { name: picker } : undefined,
      endpointPicker: this.endpointPickerOf(capabilities),
      ...this.options.models?.[`${namespace}/${name}`],
    };
  }

  /** An image that the provider names is a build too. */
  private endpointPickerOf(capabilities: EngineGatewaySpec | undefined): EndpointPickerOptions | undefined {
    const { endpointPicker } = this.options;
    const provided = pickerOptions(capabilities?.endpointPicker);
    return endpointPicker && { ...endpointPicker, ...(provided.image ? { runtime: undefined } : {}), ...provided };
  }

  /** Whether the pool that would be made belongs to another controller: the live one then stops before it makes anything else. */
  private isPoolTaken(slot: Construct, manifest: Manifest, provider: ProviderGateway | undefined): boolean {
    const pool = resolvePool(gatewayOf(manifest, provider), manifest.metadata.name, manifest.metadata.namespace ?? this.namespace);
    const { name, namespace } = pool;
    const isTaken = !pool.managedByProvider && this.facts.isControlled({ ...INFERENCE_POOL, namespace, name });
    if (isTaken) {
      warn(slot, {
        code: 'IGW603',
        field: INFERENCE_POOL.kind,
        value: `${namespace}/${name}`,
        problem: 'belongs to another controller, so only the workload is rendered',
        fix: 'rename the ModelDeployment, or remove the pool',
      });
    }
    return isTaken;
  }

  /**
   * What the input holds already is not rendered again. A workload that belongs to nobody is an error, as it is to the live
   * controller; it would adopt or overwrite the others.
   */
  private yieldToInput(model: ModelDeployment): void {
    const present = model.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child))
      .filter(({ apiVersion, kind, metadata: { namespace }, name }) => this.facts.has({ apiVersion, kind, namespace, name }));
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

  private passThrough({ slot, manifest }: Entry): ApiObject {
    const object = kubeObject(slot, 'Resource', manifest);
    keepNulls(object, manifest);
    return object;
  }

  private checkGatewayOptions(gateways: readonly Manifest[], named: Manifest | undefined): Mistake[] {
    const { gateway, gatewayName } = this.options;
    if (gatewayName === undefined) return [];
    if (gateway) {
      return [{
        code: 'IGW203', field: 'gatewayName', value: gatewayName, problem: 'contradicts `gateway`', allowed: 'one of the two', fix: 'remove one of the two',
      }];
    }
    if (named) return [];
    return [{
      code: 'IGW405',
      field: 'gatewayName',
      value: gatewayName,
      problem: 'is no Gateway of the manifests',
      allowed: gateways.map((manifest) => nameOf(manifest, this.namespace)).join(', ') || 'none, since there is no Gateway',
      fix: 'correct it, or pass `gateway`',
    }];
  }

  private checkModelOptions(models: readonly Entry[]): Mistake[] {
    const names = models.map(({ manifest }) => nameOf(manifest, this.namespace));
    return Object.keys(this.options.models ?? {}).filter((name) => !names.includes(name)).map((name) => ({
      code: 'IGW203', field: 'models', value: name, problem: 'is no ModelDeployment of the manifests', allowed: names.join(', ') || 'none', fix: 'correct it to <namespace>/<name>',
    }));
  }

  private warnOfGateways(gateways: readonly Manifest[], domain: string): void {
    warn(this, {
      code: 'IGW405',
      field: 'gatewayName',
      problem: `is missing, there are several Gateways, and none is labelled ${domain}/inference-gateway: "true"`,
      allowed: gateways.map((manifest) => nameOf(manifest, this.namespace)).join(', '),
      fix: 'label one of them, or name it',
    });
  }

  private refuse(path: string, mistakes: readonly Mistake[]): void {
    if (mistakes.length > 0) this.errors.push(new InvalidInputError(path, mistakes));
  }

  /** Goes on after a mistake, so that the mistakes of all manifests are reported together. */
  private attempt<T>({ manifest, location }: Entry, make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      const path = location === undefined ? error.path : `${location} ${manifest.kind} ${nameOf(manifest, this.namespace)}`;
      const follows = ({ code, field }: Mistake) => this.isIncomplete && code === 'IGW301' && field === 'spec.provider.name';
      this.refuse(path, error.mistakes.filter((mistake) => !follows(mistake)));
      return undefined;
    }
  }
}

const READ = Symbol('read');
const NOTHING: ReadManifests = { found: [], mistakes: [] };
const INFERENCE_POOL = { apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool' };

interface Entry extends FoundManifest {
  /** Where in the tree it belongs. */
  readonly slot: Construct;
}

/** What was read, as constructs. */
export function constructRead(scope: Construct, id: string, read: ReadManifests, options: AirunwayManifestsOptions): AirunwayManifests {
  return new AirunwayManifests(scope, id, { ...options, [READ]: read } as AirunwayManifestsOptions);
}

/** An implementation with DestinationRules, or without, whatever it needs by itself. */
export function withDestinationRules(implementation: GatewayImplementation, destinationRules: boolean | undefined): GatewayImplementation {
  if (destinationRules === undefined) return implementation;
  return GatewayImplementation.of(implementation.gatewayClassName, { ...implementation.capabilities, destinationRules });
}

function isOurs({ apiVersion, kind }: Manifest, wanted: string): boolean {
  return kind === wanted && Object.values(AirunwayApi).some((api) => apiVersion.startsWith(`${api}/`));
}

function isOther(manifest: Manifest): boolean {
  return !isGateway(manifest) && !isOurs(manifest, 'ModelDeployment') && !isOurs(manifest, 'InferenceProviderConfig');
}

/** What has a status comes from a cluster, and who is not ready is not chosen there. */
function mayBeReady({ status }: Manifest): boolean {
  return !isMap(status) || Object.keys(status).length === 0 || status.ready === true;
}

function fieldOf({ spec }: Manifest, part: string, key: string): unknown {
  const value = isMap(spec) ? spec[part] : undefined;
  return isMap(value) ? value[key] : undefined;
}

function providerNameOf(manifest: Manifest): string | undefined {
  const name = fieldOf(manifest, 'provider', 'name');
  return typeof name === 'string' ? name : undefined;
}

function gatewayOf(manifest: Manifest, provider: ProviderGateway | undefined): EngineGatewaySpec | undefined {
  const spec = provider?._spec ?? presetOf(providerNameOf(manifest) ?? '')?.spec;
  return spec?.capabilities?.engines?.find(({ name }) => name === fieldOf(manifest, 'engine', 'type'))?.gateway;
}

/** cdk8s leaves nulls out, and in fields without a schema they may mean something. */
function keepNulls(object: ApiObject, manifest: Manifest): void {
  for (const [field, value] of Object.entries(manifest)) {
    if (field !== 'metadata' && hasNull(value)) object.addJsonPatch(JsonPatch.add(`/${field}`, value));
  }
}

function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}
