import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AirunwayApi, assertNoMistakes, compact, kubeObject, Manifest, Mistake, namespaceOf, warn } from '../core';
import { EngineName, ModelDeploymentSpec, ModelPlan, planModel } from '../plan';
import { ModelPool } from '../pool';
import { ProviderSpec, presetOf, resolvePool, ResolvedPool, workloadOf } from '../provider';
import { ModelRoute } from '../routing';
import { Model } from './model';
import type { ModelDeploymentProps, ModelRenderingOptions } from './model-deployment-props';
import { checkModelName, ModelNameInput, resolveModelName } from './model-name';
import { DefaultRendering, Rendering } from './rendering';
import { specFromProps } from './spec-from-props';
import { StaticModel } from './static-model';
import { checkAdmission, checkDerivedNames, checkLegacy, checkWorkable, isMocker, ModelContext, modelNotices } from './validation';

/**
 * A model served through a Gateway.
 *
 * Rendered statically (the default) it is every object AI Runway's controllers would create: the provider's workload, and behind a
 * Gateway an `InferencePool`, the endpoint picker, an `HTTPRoute`, a `ReferenceGrant` where pool and route are apart, and a
 * `DestinationRule` on Istio. Rendered for a controller it is the `ModelDeployment` (airunway.ai/v1alpha1) alone. It is never
 * both: the live controller deletes by name.
 *
 * Everything the API server, the admission webhook and the provider's controller would refuse is refused at once, all mistakes of
 * one model together: IGW101, IGW102, IGW201 to IGW209, IGW211 and IGW301. What they ignore or warn of is a warning.
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
    const [group] = String(manifest?.apiVersion ?? '').split('/');
    const domain = Object.values(AirunwayApi).find((api) => api === group);
    if (manifest?.kind !== 'ModelDeployment' || !domain || !manifest.metadata?.name) {
      assertNoMistakes(`${scope.node.path}/${id}`, [{
        code: 'IGW601', field: 'kind', value: `${manifest?.apiVersion} ${manifest?.kind}`, problem: 'is not a ModelDeployment with a name', allowed: Object.values(AirunwayApi).map((api) => `${api}/v1alpha1 ModelDeployment`).join(', '), fix: 'pass one parsed ModelDeployment document',
      }]);
    }
    const props: ModelDeploymentProps = {
      ...options, model: Model.custom(), name: manifest.metadata.name, namespace: manifest.metadata.namespace, airunwayApi: domain,
    };
    return new ModelDeployment(scope, id, { ...props, [MANIFEST]: structuredClone(manifest) } as ModelDeploymentProps);
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

    const spec = imported ? { ...EMPTY_SPEC, ...imported.spec as ModelDeploymentSpec } : specFromProps(props);
    const domain = props.airunwayApi ?? props.gateway?.airunwayApi ?? AirunwayApi.AIRUNWAY;
    const context = this.contextOf(props, spec, imported);
    const naming = namingOf(context, props);
    this.modelName = resolveModelName(naming);
    const gateway = servesThroughGateway(context) ? props.gateway : undefined;
    const plan = planOf(context, domain, props.resolvedImage);
    this.check(context, plan, { domain, naming, props, lenient: imported !== undefined && this.rendering === Rendering.CONTROLLER });

    if (this.rendering === Rendering.CONTROLLER) {
      this.workload = [];
      this.customResource = kubeObject(this, 'Resource', imported ?? customResource(this.name, this.namespace, domain, spec, props));
      gateway?.attach(this, { namespace: this.namespace, modelName: this.modelName || undefined });
      props.provider?._usedBy('controller');
      return;
    }
    const objects = new StaticModel(this, plan!, {
      ...props, gateway, pool: poolOf(context), picker: engineOf(context)?.gateway?.endpointPicker, modelName: this.modelName, httpRouteRef: spec.gateway?.httpRouteRef,
    });
    this.workload = objects.workload;
    this.pool = objects.pool;
    this.route = objects.route;
    props.provider?._usedBy('static');
  }

  private contextOf(props: ModelDeploymentProps, spec: ModelDeploymentSpec, imported: Manifest | undefined): ModelContext {
    const provider = spec.provider?.name || props.provider?.providerName;
    return {
      name: this.name,
      namespace: this.namespace,
      annotations: imported?.metadata.annotations ?? props.annotations ?? {},
      spec,
      provider,
      providerSpec: props.provider?._spec ?? (provider ? presetOf(provider)?.spec : undefined),
    };
  }

  private check(context: ModelContext, plan: ModelPlan | undefined, { domain, naming, props, lenient }: CheckInput): void {
    const isStatic = this.rendering === Rendering.STATIC;
    const throughGateway = servesThroughGateway(context);
    const routed = throughGateway && !context.spec.gateway?.httpRouteRef && (isStatic ? props.gateway !== undefined : true);
    const name = checkModelName(naming);
    const hasPicker = throughGateway && (isStatic ? props.gateway !== undefined && domain === AirunwayApi.AIRUNWAY : true) && !poolOf(context).managedByProvider;
    const workload = plan && workloadOf(plan.provider);
    const refused = [
      ...checkAdmission(context),
      ...(domain === AirunwayApi.KUBEAIRUNWAY && !isStatic ? checkLegacy(context) : []),
      ...(isStatic ? checkDecided(context) : []),
    ];
    const failing = [
      ...checkWorkable(context),
      ...checkDerivedNames(context, hasPicker),
      ...(routed ? name.mistakes : []),
      ...(workload && refused.length === 0 ? workload.check(plan) : []),
    ];
    assertNoMistakes(this, lenient ? refused : [...refused, ...failing]);
    const notices: Mistake[] = [
      ...(lenient ? failing : []),
      ...modelNotices(context),
      ...(routed ? name.notices : []),
      ...(isStatic ? [] : undecidedNotices(context)),
      ...(isStatic && workload ? workload.notices(plan) : []),
      ...(isStatic && throughGateway && !props.gateway ? [NO_GATEWAY] : []),
    ];
    notices.forEach((notice) => warn(this, notice));
  }
}

const MANIFEST = Symbol('manifest');

/** A manifest without a model is checked like one with an empty model. */
const EMPTY_SPEC: ModelDeploymentSpec = { model: {} };

const NO_GATEWAY: Mistake = {
  code: 'IGW405', field: 'gateway', problem: 'is not known, so only the workload is rendered', fix: 'pass `gateway`, or say `gatewayEnabled: false` if that is meant',
};

interface CheckInput {
  readonly domain: AirunwayApi;
  readonly naming: ModelNameInput;
  readonly props: ModelDeploymentProps;
  /** Whether what a webhook admits is let through with a warning, as a manifest that is read in and written back must be. */
  readonly lenient: boolean;
}

function servesThroughGateway(context: ModelContext): boolean {
  return (context.spec.gateway?.enabled ?? true) && !isMocker(context);
}

function engineOf({ providerSpec, spec }: ModelContext): NonNullable<NonNullable<ProviderSpec['capabilities']>['engines']>[number] | undefined {
  return providerSpec?.capabilities?.engines?.find(({ name }) => name === spec.engine?.type);
}

function poolOf(context: ModelContext): ResolvedPool {
  return resolvePool(engineOf(context)?.gateway, context.name, context.namespace);
}

function namingOf(context: ModelContext, props: ModelDeploymentProps): ModelNameInput {
  return { spec: context.spec, discovered: props.discoveredModelName, ignoresServedName: engineOf(context)?.gateway?.ignoresServedName ?? false };
}

function planOf(
  { name, namespace, annotations, spec, provider }: ModelContext, domain: string, resolvedImage: string | undefined,
): ModelPlan | undefined {
  const engine = spec.engine?.type as EngineName | undefined;
  return provider && engine ? planModel({ name, namespace, domain, annotations, provider, engine, spec, resolvedImage }) : undefined;
}

function customResource(
  name: string, namespace: string, domain: AirunwayApi, spec: ModelDeploymentSpec, { labels, annotations }: ModelDeploymentProps,
): Manifest {
  return { apiVersion: `${domain}/v1alpha1`, kind: 'ModelDeployment', metadata: compact({ name, namespace, labels, annotations }), spec };
}

/** Nothing is chosen at synth that a controller would choose by what is installed in its cluster. */
function checkDecided({ provider, spec }: ModelContext): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!provider) {
    mistakes.push({ code: 'IGW211', field: 'spec.provider.name', problem: 'is missing, and static rendering must know who serves the model', allowed: 'dynamo, kaito, kuberay, llmd, vllm, or one of your own', fix: 'pass `provider`' });
  }
  if (!spec.engine?.type) {
    mistakes.push({ code: 'IGW211', field: 'spec.engine.type', problem: 'is missing, and static rendering must know what runs the model', allowed: 'vllm, sglang, trtllm, llamacpp', fix: 'pass `engine`' });
  }
  return mistakes;
}

function undecidedNotices({ provider, providerSpec, spec }: ModelContext): Mistake[] {
  if (spec.engine?.type) return [];
  const needsGpu = (providerSpec?.capabilities?.engines ?? []).every(({ cpuSupport }) => !cpuSupport);
  const gpus = spec.resources?.gpu?.count ?? 0;
  if (gpus > 0 || spec.image || (provider && !needsGpu)) return [];
  return [{
    code: 'IGW211', field: 'spec.engine.type', problem: provider
      ? `is missing, and without it no GPU is requested, which provider ${provider} needs`
      : 'is missing together with the provider: with all five providers installed the choice falls on llama.cpp, which fails without an image',
    fix: 'name the engine, or request GPUs',
  }];
}
