import { ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { AirunwayApi, assertNoMistakes, compact, copyOf, kubeObject, Manifest, Mistake, namespaceOf, warn } from '../core';
import { EngineName, ModelDeploymentSpec, ModelPlan, planModel } from '../plan';
import { ModelPool } from '../pool';
import { EngineCapabilitySpec, presetOf, resolvePool, ResolvedPool, workloadOf } from '../provider';
import { ModelRoute } from '../routing';
import { Model } from './model';
import type { ModelDeploymentProps, ModelRenderingOptions } from './model-deployment-props';
import { guessedModelName, ModelNameInput, resolveModelName, unknownModelName } from './model-name';
import { DefaultRendering, Rendering } from './rendering';
import { noteRendering } from './renderings-book';
import { checkDocument, specFromManifest } from './spec-from-manifest';
import { specFromProps } from './spec-from-props';
import { StaticModel } from './static-model';
import {
  checkAdmission, checkDecided, checkDerivedNames, checkLegacy, checkStructure, checkWorkable, distinct, isMocker, lostFields, ModelContext,
  modelNotices, undecidedNotices, unknownFields,
} from './validation';

/**
 * A model served through a Gateway.
 *
 * Rendered statically (the default) it is every object AI Runway's controllers would create: the provider's workload, and behind a
 * Gateway an `InferencePool`, the endpoint picker, an `HTTPRoute`, a `ReferenceGrant` where pool and route are apart, and a
 * `DestinationRule` on Istio. Rendered for a controller it is the `ModelDeployment` (airunway.ai/v1alpha1) alone. It is never
 * both: the live controller deletes by name.
 *
 * Everything the API server, the admission webhook and the provider's controller would refuse is refused at once, all mistakes of
 * one model together: IGW101, IGW102, IGW201 to IGW209, IGW211, IGW301 and IGW503. What they ignore or warn of is a warning.
 *
 * Source of the rules: ai-runway/airunway, controller/internal and providers.
 */
export class ModelDeployment extends Construct {
  /**
   * Reads a ModelDeployment manifest in. For a controller it is rendered as it is; rendered statically it becomes its objects.
   *
   * @param manifest the parsed manifest
   */
  public static fromManifest(scope: Construct, id: string, manifest: any, options: ModelRenderingOptions = {}): ModelDeployment {
    assertNoMistakes(`${scope.node.path}/${id}`, checkDocument(manifest));
    const props: ModelDeploymentProps = {
      ...options,
      model: Model.custom(),
      name: manifest.metadata.name,
      namespace: manifest.metadata.namespace ?? undefined,
      airunwayApi: Object.values(AirunwayApi).find((api) => manifest.apiVersion.startsWith(`${api}/`)),
    };
    return new ModelDeployment(scope, id, { ...props, [MANIFEST]: copyOf(manifest) } as ModelDeploymentProps);
  }

  /** Name of the model's objects. */
  public readonly name: string;
  /** Namespace of the model's objects. */
  public readonly namespace: string;
  /** What is rendered. */
  public readonly rendering: Rendering;
  /** The name routes match on; empty when the model is not served through a Gateway and nothing says it. */
  public readonly modelName: string;
  /** The InferencePool and endpoint picker, in static rendering; undefined when the provider makes its own. */
  public readonly pool?: ModelPool;
  /** The route, in static rendering; undefined without a Gateway or with `httpRouteRef`. */
  public readonly route?: ModelRoute;
  /** The provider's objects, in static rendering, the primary one first. */
  public readonly workload: ApiObject[];
  /** The ModelDeployment object, when rendered for a controller. */
  public readonly customResource?: ApiObject;

  public constructor(scope: Construct, id: string, props: ModelDeploymentProps) {
    super(scope, id);
    const imported = (props as { [MANIFEST]?: Manifest })[MANIFEST];
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.rendering = props.rendering ?? DefaultRendering.of(this);

    const spec = imported ? specFromManifest(imported.spec) : specFromProps(props);
    assertNoMistakes(this, checkStructure(spec));
    const domain = props.airunwayApi ?? props.gateway?.airunwayApi ?? AirunwayApi.AIRUNWAY;
    const context = this.contextOf(props, spec, domain, imported);
    this.modelName = resolveModelName(namingOf(context, props));
    const gateway = servesThroughGateway(context) ? props.gateway : undefined;
    const plan = planOf(context, props.resolvedImage);
    this.check(context, plan, props, imported !== undefined);

    if (this.rendering === Rendering.CONTROLLER) {
      this.workload = [];
      this.customResource = this.renderCustomResource(imported ?? customResource(context, props));
      const modelName = spec.gateway?.httpRouteRef ? undefined : this.modelName || undefined;
      gateway?.attach(this, { namespace: this.namespace, modelName });
      props.provider?._usedBy('controller');
      return;
    }
    const objects = new StaticModel(this, plan!, {
      ...props,
      gateway,
      pool: poolOf(context),
      picker: engineOf(context)?.gateway?.endpointPicker,
      modelName: this.modelName,
      httpRouteRef: spec.gateway?.httpRouteRef,
    });
    this.workload = objects.workload;
    this.pool = objects.pool;
    this.route = objects.route;
    props.provider?._usedBy('static');
  }

  private contextOf(props: ModelDeploymentProps, spec: ModelDeploymentSpec, domain: AirunwayApi, imported: Manifest | undefined): ModelContext {
    const { provider: given } = props;
    const provider = spec.provider?.name || given?.providerName;
    return {
      name: this.name,
      namespace: this.namespace,
      domain,
      annotations: imported?.metadata.annotations ?? props.annotations ?? {},
      spec,
      provider,
      providerSpec: given && given.providerName === provider ? given._spec : presetOf(provider ?? '')?.spec,
    };
  }

  private check(context: ModelContext, plan: ModelPlan | undefined, props: ModelDeploymentProps, isImported: boolean): void {
    const { spec, domain } = context;
    const isStatic = this.rendering === Rendering.STATIC;
    const throughGateway = servesThroughGateway(context);
    const isRouted = throughGateway && !spec.gateway?.httpRouteRef && (!isStatic || props.gateway !== undefined);
    const naming = namingOf(context, props);
    const noName = isRouted ? unknownModelName(naming) : [];
    const workload = plan && workloadOf(plan.provider);
    const refused = [
      ...noteRendering(this, this.namespace, this.name, this.rendering),
      ...checkAdmission(context),
      ...checkGivenProvider(context, props),
      ...(domain === AirunwayApi.KUBEAIRUNWAY && !isStatic ? checkLegacy(context) : []),
      ...(isStatic ? [...checkDecided(context), ...checkPickers(context, props)] : []),
    ];
    const derived = checkDerivedNames(context, makesEndpointPicker(context, props, isStatic));
    const failing = [
      ...checkWorkable(context),
      ...(isStatic ? noName : []),
      ...(workload ? workload.check(plan) : []),
    ];
    // A manifest that is read in and written back again keeps what a webhook admits.
    const isLenient = isImported && !isStatic;
    assertNoMistakes(this, distinct(isLenient ? refused : [...derived, ...refused, ...failing]));
    const notices: Mistake[] = [
      ...(isLenient ? [...derived, ...failing] : []),
      ...unknownFields(context),
      ...modelNotices(context),
      ...(isStatic ? [] : [...noName, ...undecidedNotices(context), ...lostFields(context)]),
      ...(isRouted ? guessedModelName(naming) : []),
      ...(workload ? workload.notices(plan) : []),
      ...(isStatic && throughGateway ? gatewayNotices(context, props) : []),
    ];
    distinct(notices).forEach((notice) => warn(this, notice));
  }

  /** cdk8s leaves nulls out. In the overrides they take fields away, so they are put back. */
  private renderCustomResource(manifest: Manifest): ApiObject {
    const object = kubeObject(this, 'Resource', manifest);
    const overrides = (manifest.spec as Partial<ModelDeploymentSpec> | undefined)?.provider?.overrides;
    if (hasNull(overrides)) object.addJsonPatch(JsonPatch.add('/spec/provider/overrides', overrides));
    return object;
  }
}

const MANIFEST = Symbol('manifest');

const NO_GATEWAY: Mistake = {
  code: 'IGW405',
  field: 'gateway',
  problem: 'is not known, so only the workload is rendered',
  fix: 'pass `gateway`, or say `gatewayEnabled: false` if that is meant',
};

function servesThroughGateway(context: ModelContext): boolean {
  return (context.spec.gateway?.enabled ?? true) && !isMocker(context);
}

/** Whether an endpoint picker is made that is named after the model. */
function makesEndpointPicker(context: ModelContext, props: ModelDeploymentProps, isStatic: boolean): boolean {
  const { gateway, endpointPicker, endpointPickerService } = props;
  if (!servesThroughGateway(context) || poolOf(context).managedByProvider) return false;
  const sharesOne = context.domain === AirunwayApi.KUBEAIRUNWAY;
  if (!isStatic) return !sharesOne;
  return gateway !== undefined && !endpointPickerService && (endpointPicker ? endpointPicker.name === undefined : !sharesOne);
}

function engineOf({ providerSpec, spec }: ModelContext): EngineCapabilitySpec | undefined {
  return providerSpec?.capabilities?.engines?.find(({ name }) => name === spec.engine?.type);
}

function poolOf(context: ModelContext): ResolvedPool {
  return resolvePool(engineOf(context)?.gateway, context.name, context.namespace);
}

function namingOf(context: ModelContext, props: ModelDeploymentProps): ModelNameInput {
  return {
    spec: context.spec, discovered: props.discoveredModelName, ignoresServedName: engineOf(context)?.gateway?.ignoresServedName ?? false,
  };
}

function planOf({ name, namespace, domain, annotations, spec, provider }: ModelContext, resolvedImage: string | undefined): ModelPlan | undefined {
  const engine = spec.engine?.type as EngineName | undefined;
  return provider && engine ? planModel({ name, namespace, domain, annotations, provider, engine, spec, resolvedImage }) : undefined;
}

function customResource({ name, namespace, domain, spec }: ModelContext, { labels, annotations }: ModelDeploymentProps): Manifest {
  return { apiVersion: `${domain}/v1alpha1`, kind: 'ModelDeployment', metadata: compact({ name, namespace, labels, annotations }), spec };
}

function hasNull(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.values(value).some(hasNull));
}

function checkGivenProvider({ provider }: ModelContext, { provider: given }: ModelDeploymentProps): Mistake[] {
  if (!given || given.providerName === provider) return [];
  return [{
    code: 'IGW203',
    field: 'spec.provider.name',
    value: provider,
    problem: `contradicts \`provider\`, which is ${given.providerName}`,
    allowed: given.providerName,
    fix: 'pass the provider that the manifest names, or none',
  }];
}

function gatewayNotices(context: ModelContext, { gateway, endpointPickerService }: ModelDeploymentProps): Mistake[] {
  if (!gateway) return [NO_GATEWAY];
  const { name, namespace, managedByProvider } = poolOf(context);
  if (!managedByProvider || endpointPickerService || !gateway.implementation.capabilities.destinationRules) return [];
  return [{
    code: 'IGW503',
    field: 'endpointPickerService',
    problem: `of pool ${namespace}/${name} is not known, and without a DestinationRule for it requests answer 500`,
    fix: 'pass the name of its Service as `endpointPickerService`',
  }];
}

function checkPickers(context: ModelContext, { gateway, endpointPicker, endpointPickerService }: ModelDeploymentProps): Mistake[] {
  if (!gateway || !endpointPicker || !endpointPickerService || poolOf(context).managedByProvider) return [];
  return [{
    code: 'IGW503',
    field: 'endpointPicker',
    problem: 'is made for the model while endpointPickerService names one that exists',
    allowed: 'one of the two',
    fix: 'remove endpointPicker or endpointPickerService',
  }];
}
