import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { AirunwayApi, compact, kubeObjects, Manifest, PlacedManifest } from '../core';
import type { IInferenceGateway } from '../gateway';
import type { ModelPlan } from '../plan';
import { EndpointPickerConfig, EndpointPickerOptions, EndpointPickerServiceRef, LabelledPool, ModelPool, planPool } from '../pool';
import { EngineGatewaySpec, managerOf, poolLabel, workloadOf } from '../provider';
import {
  backendPolicySeconds, claimGrant, DEFAULT_TIMEOUT, grantPool, ModelRoute, ModelRouteProps, planRoute, poolBackend, recordPoolTimeout,
} from '../routing';
import type { DecidedModel } from './decided-model';
import { trustManagedPicker } from './managed-pickers';
import type { ModelNames } from './model-names';

/** The port that servers of a provider without known workload are taken to listen on. */
const DEFAULT_PORT = 8000;

/** The endpoint picker that the older group's controller was pointed at. */
const SHARED_PICKER: EndpointPickerServiceRef = { name: 'kubeairunway-epp' };

/** Every object the controllers would create for a model, as constructs below it. */
export class StaticModel {
  public readonly workload: ApiObject[];
  public readonly pool?: ModelPool;
  public readonly route?: ModelRoute;

  public constructor(scope: Construct, decided: DecidedModel) {
    const { gateway, namespace, pool: target, props } = decided;
    this.workload = [...kubeObjects(scope, workloadObjects(decided)).values()];
    if (!gateway) return;
    const pool = poolOf(decided);
    const route = routeOf(decided, gateway);
    if (pool) {
      this.pool = new ModelPool(scope, 'Pool', pool);
      this.pool.connectTo(gateway, props.timeout);
    } else {
      kubeObjects(scope, trustObjects(scope, decided, gateway));
    }
    if (route) {
      this.route = new ModelRoute(scope, 'Route', route);
      return;
    }
    gateway.attach(scope, { namespace });
    if (target.namespace !== namespace) grantPool(scope, target, namespace);
  }
}

/**
 * What renders the same objects, in the order they have in a chart, without constructs. `owner` is a construct that stands for the model in
 * what is kept of an app: names that are taken, routes that attach, grants that several models share.
 */
export function planStaticModel(owner: IConstruct, decided: DecidedModel): StaticPlan {
  const { gateway, namespace, pool: target, props } = decided;
  if (!gateway) return { isFinal: true, attach: () => undefined, objects: () => workloadObjects(decided) };
  const pool = poolOf(decided);
  const poolObjects = pool ? planPool(owner, pool, gateway, props.timeout) : always(trustObjects(owner, decided, gateway));
  const routeProps = routeOf(decided, gateway);
  const route = routeProps && planRoute(owner, routeProps.name!, namespace, routeProps);
  const granted = route?.granted ?? (target.namespace === namespace ? [] : [poolBackend(target)]);
  const grants: (() => PlacedManifest)[] = [];
  granted.forEach((backend) => claimGrant(owner, backend, namespace, (manifest) => {
    grants.push(() => ({ id: 'ReferenceGrant', manifest: manifest() }));
    return owner;
  }));
  gateway.attach(owner, route?.attached ?? { namespace });
  const objects = () => [
    ...workloadObjects(decided),
    ...poolObjects(),
    ...grants.map((grant) => grant()),
    ...(route ? [{ id: 'Route', manifest: route.manifest() }] : []),
  ];
  const attach = (other: IConstruct, names: ModelNames) => {
    if (gateway.implementation.capabilities.gcpPolicies) recordPoolTimeout(other, names, backendPolicySeconds(props.timeout ?? DEFAULT_TIMEOUT));
    gateway.attach(other, route ? { ...route.attached, namespace: names.namespace, modelName: names.modelName } : { namespace: names.namespace });
  };
  // The rule that trusts a picker of several models belongs to the first of them, a grant to all.
  return { isFinal: grants.length === 0, attach: pool && grants.length === 0 ? attach : undefined, objects };
}

export interface StaticPlan {
  /** Not when it has a grant that later models may share. */
  readonly isFinal: boolean;
  /** What a model of other names leaves in the app; undefined when it is more than names. */
  readonly attach?: (owner: IConstruct, names: ModelNames) => void;
  readonly objects: () => PlacedManifest[];
}

/** The primary object first. */
function workloadObjects({ plan }: DecidedModel): PlacedManifest[] {
  const manifests = workloadOf(plan!.provider)?.render(plan!) ?? [];
  return manifests.map((manifest, index) => ({ id: index === 0 ? 'Resource' : idOf(manifest, manifests), manifest }));
}

/** The pool that is made for the model; none when the provider makes it. */
function poolOf({ plan: given, pool, props, engine }: DecidedModel): LabelledPool | undefined {
  if (pool.managedByProvider) return undefined;
  const plan = given!;
  const workload = workloadOf(plan.provider);
  const endpointPickerService = existingPicker(plan, props);
  return {
    name: plan.name,
    namespace: plan.namespace,
    matchLabels: workload?.podLabels?.(plan) ?? poolLabel(plan),
    port: props.targetPort ?? workload?.targetPort(plan) ?? DEFAULT_PORT,
    endpointPickerService,
    endpointPicker: endpointPickerService ? undefined : decidedPicker(engine?.gateway?.endpointPicker, props.endpointPicker),
    managedBy: managerOf(plan),
  };
}

/** What the provider says, and over it what the user says: another runtime runs its own image. */
function decidedPicker(picker: EngineGatewaySpec['endpointPicker'], given: EndpointPickerOptions = {}): EndpointPickerOptions {
  const { image, ...provided } = pickerOptions(picker);
  return { ...(given.runtime ? provided : { ...provided, ...compact({ image }) }), ...compact(given) };
}

function existingPicker(plan: ModelPlan, { endpointPicker, endpointPickerService }: DecidedModel['props']): EndpointPickerServiceRef | undefined {
  const legacy = plan.domain === AirunwayApi.KUBEAIRUNWAY && !endpointPicker;
  return endpointPickerService ?? (legacy ? SHARED_PICKER : undefined);
}

/** The route that is made for the model; none when it has one of its own. */
function routeOf({ context, plan, pool, modelName, props }: DecidedModel, gateway: IInferenceGateway): ModelRouteProps | undefined {
  if (context.spec.gateway?.httpRouteRef) return undefined;
  return { gateway, name: plan!.name, namespace: plan!.namespace, pool, modelName, timeout: props.timeout };
}

/**
 * The live controller fails to make the rule in another namespace than the model's, and then makes no route either. Both are
 * rendered here.
 */
function trustObjects(owner: IConstruct, { props, pool }: DecidedModel, gateway: IInferenceGateway): PlacedManifest[] {
  const service = props.endpointPickerService?.name;
  return service && gateway.implementation.capabilities.destinationRules ? trustManagedPicker(owner, service, pool.namespace) : [];
}

/** What a provider says of the endpoint picker in front of its engine. */
export function pickerOptions(picker: EngineGatewaySpec['endpointPicker']): EndpointPickerOptions {
  return compact({
    image: picker?.image || undefined,
    config: picker?.configData ? EndpointPickerConfig.yaml(picker.configData) : undefined,
  });
}

function always<T>(value: T): () => T {
  return () => value;
}

function idOf({ kind, metadata }: Manifest, all: readonly Manifest[]): string {
  return all.filter((other) => other.kind === kind).length > 1 ? `${kind}-${metadata.name}` : kind;
}
