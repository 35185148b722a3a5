import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AirunwayApi, compact, kubeObject, Manifest } from '../core';
import type { IInferenceGateway } from '../gateway';
import type { ModelPlan } from '../plan';
import { EndpointPickerConfig, EndpointPickerOptions, EndpointPickerServiceRef, ModelPool } from '../pool';
import { EngineGatewaySpec, managerOf, poolLabel, ResolvedPool, workloadOf } from '../provider';
import { grantPool, ModelRoute } from '../routing';
import { trustManagedPicker } from './managed-pickers';
import type { ModelRenderingOptions } from './model-deployment-props';

/** What is decided of a model beside its plan, when it is rendered statically. */
export interface StaticModelInput extends ModelRenderingOptions {
  /** The pool its requests go to. */
  readonly pool: ResolvedPool;
  /** The endpoint picker the provider wants. */
  readonly picker?: EngineGatewaySpec['endpointPicker'];
  readonly modelName: string;
  readonly httpRouteRef?: string;
}

/** The port that servers of a provider without known workload are taken to listen on. */
const DEFAULT_PORT = 8000;

/** The endpoint picker that the older group's controller was pointed at. */
const SHARED_PICKER: EndpointPickerServiceRef = { name: 'kubeairunway-epp' };

/** Every object the controllers would create for a model, as constructs below it. */
export class StaticModel {
  public readonly workload: ApiObject[];
  public readonly pool?: ModelPool;
  public readonly route?: ModelRoute;

  public constructor(private readonly scope: Construct, private readonly plan: ModelPlan, private readonly input: StaticModelInput) {
    this.workload = this.renderWorkload();
    const { gateway, pool, httpRouteRef } = input;
    if (!gateway) return;
    if (pool.managedByProvider) this.trustPicker(gateway);
    else this.pool = this.renderPool(gateway);
    if (httpRouteRef) this.letRouteAttach(gateway);
    else this.route = this.renderRoute(gateway);
  }

  private renderWorkload(): ApiObject[] {
    const manifests = workloadOf(this.plan.provider)?.render(this.plan) ?? [];
    return manifests.map((manifest, index) => kubeObject(this.scope, index === 0 ? 'Resource' : idOf(manifest, manifests), manifest));
  }

  private renderPool(gateway: IInferenceGateway): ModelPool {
    const { plan, input } = this;
    const workload = workloadOf(plan.provider);
    const pool = new ModelPool(this.scope, 'Pool', {
      name: plan.name,
      namespace: plan.namespace,
      matchLabels: workload?.podLabels?.(plan) ?? poolLabel(plan),
      port: input.targetPort ?? workload?.targetPort(plan) ?? DEFAULT_PORT,
      endpointPickerService: this.existingPicker(),
      endpointPicker: this.existingPicker() ? undefined : this.pickerOptions(),
      managedBy: managerOf(plan),
    });
    pool.connectTo(gateway, input.timeout);
    return pool;
  }

  /** What the provider says, and over it what the user says: another runtime runs its own image. */
  private pickerOptions(): EndpointPickerOptions {
    const { picker, endpointPicker = {} } = this.input;
    const { image, ...provided } = pickerOptions(picker);
    return { ...(endpointPicker.runtime ? provided : { ...provided, ...compact({ image }) }), ...compact(endpointPicker) };
  }

  private existingPicker(): EndpointPickerServiceRef | undefined {
    const { endpointPicker, endpointPickerService } = this.input;
    const legacy = this.plan.domain === AirunwayApi.KUBEAIRUNWAY && !endpointPicker;
    return endpointPickerService ?? (legacy ? SHARED_PICKER : undefined);
  }

  private renderRoute(gateway: IInferenceGateway): ModelRoute {
    const { plan, input } = this;
    return new ModelRoute(this.scope, 'Route', {
      gateway, name: plan.name, namespace: plan.namespace, pool: input.pool, modelName: input.modelName, timeout: input.timeout,
    });
  }

  /** What the user's own route needs to reach the pool. */
  private letRouteAttach(gateway: IInferenceGateway): void {
    const { plan: { namespace }, input: { pool } } = this;
    gateway.attach(this.scope, { namespace });
    if (pool.namespace !== namespace) grantPool(this.scope, pool, namespace);
  }

  /**
   * The live controller fails to make the rule in another namespace than the model's, and then makes no route either. Both are
   * rendered here.
   */
  private trustPicker(gateway: IInferenceGateway): void {
    const service = this.input.endpointPickerService?.name;
    if (service && gateway.implementation.capabilities.destinationRules) trustManagedPicker(this.scope, service, this.input.pool.namespace);
  }
}

/** What a provider says of the endpoint picker in front of its engine. */
export function pickerOptions(picker: EngineGatewaySpec['endpointPicker']): EndpointPickerOptions {
  return compact({
    image: picker?.image || undefined,
    config: picker?.configData ? EndpointPickerConfig.yaml(picker.configData) : undefined,
  });
}

function idOf({ kind, metadata }: Manifest, all: readonly Manifest[]): string {
  return all.filter((other) => other.kind === kind).length > 1 ? `${kind}-${metadata.name}` : kind;
}
