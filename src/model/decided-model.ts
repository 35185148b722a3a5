import { IConstruct } from 'constructs';
import { AirunwayApi, assertNoMistakes, Manifest, Mistake, warn } from '../core';
import type { IInferenceGateway } from '../gateway';
import { EngineName, ModelDeploymentSpec, ModelPlan, planModel } from '../plan';
import { EngineCapabilitySpec, presetOf, resolvePool, ResolvedPool, workloadOf } from '../provider';
import type { ModelDeploymentProps } from './model-deployment-props';
import { guessedModelName, ModelNameInput, resolveModelName, unknownModelName } from './model-name';
import { Rendering } from './rendering';
import { noteRendering } from './renderings-book';
import { specFromManifest } from './spec-from-manifest';
import { specFromProps } from './spec-from-props';
import {
  checkAdmission, checkDecided, checkDerivedNames, checkLegacy, checkStructure, checkWorkable, distinct, isMocker, lostFields, ModelContext,
  modelNotices, undecidedNotices, unknownFields,
} from './validation';

/** What is asked for: a model, where, and how. */
export interface ModelRequest {
  readonly name: string;
  readonly namespace: string;
  readonly rendering: Rendering;
  readonly props: ModelDeploymentProps;
  /** The manifest, when it was read in. */
  readonly imported?: Manifest;
}

/** A model that is checked, with everything decided that its objects are made from. */
export interface DecidedModel extends ModelRequest {
  readonly context: ModelContext;
  /** The name routes match on; empty when nothing says it. */
  readonly modelName: string;
  /** The Gateway it is served through. */
  readonly gateway?: IInferenceGateway;
  /** Always there in static rendering. */
  readonly plan?: ModelPlan;
  readonly pool: ResolvedPool;
  readonly engine?: EngineCapabilitySpec;
}

/** Checks a model in the name of the construct that stands for it, and decides all that its objects depend on. */
export function decideModel(owner: IConstruct, request: ModelRequest): DecidedModel {
  const { props, imported } = request;
  const spec = imported ? specFromManifest(imported.spec) : specFromProps(props);
  assertNoMistakes(owner, checkStructure(spec));
  const context = contextOf(request, spec);
  const decided: DecidedModel = {
    ...request,
    context,
    modelName: resolveModelName(namingOf(context, props)),
    gateway: servesThroughGateway(context) ? props.gateway : undefined,
    plan: planOf(context, props.resolvedImage),
    pool: poolOf(context),
    engine: engineOf(context),
  };
  check(owner, decided);
  return decided;
}

function contextOf({ name, namespace, props, imported }: ModelRequest, spec: ModelDeploymentSpec): ModelContext {
  const { provider: given } = props;
  const provider = spec.provider?.name || given?.providerName;
  return {
    name,
    namespace,
    domain: props.airunwayApi ?? props.gateway?.airunwayApi ?? AirunwayApi.AIRUNWAY,
    annotations: imported?.metadata.annotations ?? props.annotations ?? {},
    spec,
    provider,
    providerSpec: given && given.providerName === provider ? given._spec : presetOf(provider ?? '')?.spec,
  };
}

function check(owner: IConstruct, { context, plan, props, imported, rendering }: DecidedModel): void {
  const { spec, domain } = context;
  const isStatic = rendering === Rendering.STATIC;
  const throughGateway = servesThroughGateway(context);
  const isRouted = throughGateway && !spec.gateway?.httpRouteRef && (!isStatic || props.gateway !== undefined);
  const naming = namingOf(context, props);
  const noName = isRouted ? unknownModelName(naming) : [];
  const workload = plan && workloadOf(plan.provider);
  const refused = [
    ...noteRendering(owner, context.namespace, context.name, rendering),
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
  const isLenient = imported !== undefined && !isStatic;
  assertNoMistakes(owner, distinct(isLenient ? refused : [...derived, ...refused, ...failing]));
  const notices: Mistake[] = [
    ...(isLenient ? [...derived, ...failing] : []),
    ...unknownFields(context),
    ...modelNotices(context),
    ...(isStatic ? [] : [...noName, ...undecidedNotices(context), ...lostFields(context)]),
    ...(isRouted ? guessedModelName(naming) : []),
    ...(workload ? workload.notices(plan) : []),
    ...(isStatic && throughGateway ? gatewayNotices(context, props) : []),
  ];
  distinct(notices).forEach((notice) => warn(owner, notice));
}

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
