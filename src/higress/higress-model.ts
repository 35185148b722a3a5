import { createHash } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { Construct } from 'constructs';
import { assertNoMistakes } from '../core';
import { HigressModelDestinationOptions, HigressModelInstance, HigressModelProps } from './higress-model-props';
import type { HigressPlugins } from './higress-plugins';
import { ModelDestination } from './model-destination';
import { warnOfPlainSecrets } from './secrets';
import { ServiceRegistry } from './service-registry';
import { ServiceProtocol } from './service-registry-options';
import { checkHigressModel, checkLoraAdapter } from './validation/check-higress-model';
import { claimRegistries } from './validation/check-route-gateway';

/**
 * A model of one's own behind Higress: the addresses of its servers, as routes need them.
 *
 * Renders nothing by itself. It adds a registry for each server, and for each of its LoRA adapters one more, to the McpBridge of the
 * gateway; with the first route that leads to it, an entry with its token to the plugin ai-proxy. Names and shapes are those of GPUStack.
 *
 * Source: gpustack/gpustack gpustack/gateway/utils.py, model_instance_registry; gpustack/server/controllers.py.
 *
 * Errors: IGW704 for an address, IGW760 for a name, IGW763 for an id that another model has, IGW766 when the gateway takes no routes,
 * IGW771 for the rest. Warning: IGW701 for a token in plain text.
 */
export class HigressModel extends Construct {
  /** What its registries and its provider are named after. */
  public readonly modelId: string;
  /** Name of the model at its servers. */
  public readonly modelName: string;
  private readonly higress: HigressPlugins;
  private readonly props: HigressModelProps;
  private readonly ready: readonly HigressModelInstance[];

  public constructor(scope: Construct, id: string, props: HigressModelProps) {
    super(scope, id);
    this.modelId = props.modelId ?? id;
    this.modelName = props.modelName ?? id;
    this.higress = props.higress;
    this.props = props;
    const instances = (props.instances ?? []).map((instance, index) => ({ ...instance, instanceId: instance.instanceId ?? String(index + 1) }));
    this.ready = instances.filter(({ ready = true }) => ready);
    const registries = props.remoteGateway ? this.servicesFor() : this.registriesOf(instances);
    assertNoMistakes(this, [
      ...checkHigressModel(this, this.modelId, this.modelName, props),
      ...claimRegistries(this, this.higress._modelRoutes, registries),
      ...registries.flatMap((registry) => registry._mistakes(props.remoteGateway ? 'remoteGateway' : `instances.${registry.name}`)),
    ]);
    warnOfPlainSecrets(this, 'token', props.token);
    this.higress._modelRoutes.add(this, { registries });
  }

  /** The model as a destination of a route. Errors: IGW771 for an adapter that it does not have. */
  public destination(options: HigressModelDestinationOptions = {}): ModelDestination {
    const { weight = 1, loraAdapter } = options;
    assertNoMistakes(this, checkLoraAdapter(loraAdapter, this.props.loraAdapters ?? []));
    return ModelDestination._of(loraAdapter === undefined ? this.modelName : this.loraName(loraAdapter), weight, {
      book: this.higress._modelRoutes,
      path: this.node.path,
      services: this.servicesFor(loraAdapter),
      model: { id: this.modelId, token: this.props.token },
    });
  }

  private servicesFor(loraAdapter?: string): ServiceRegistry[] {
    const { remoteGateway } = this.props;
    if (remoteGateway) return [ServiceRegistry.staticAddresses(remoteGateway.registryName ?? 'cluster-gateway', [remoteGateway.address])];
    return this.ready.map((instance) => this.registryOf(instance, loraAdapter));
  }

  private registriesOf(instances: readonly HigressModelInstance[]): ServiceRegistry[] {
    const names = [undefined, ...this.props.loraAdapters ?? []];
    return instances.flatMap((instance) => names.map((name) => this.registryOf(instance, name)));
  }

  private registryOf({ instanceId, address, port, tls }: HigressModelInstance, loraAdapter?: string): ServiceRegistry {
    const name = [`model-${this.modelId}-${instanceId}`, ...(loraAdapter === undefined ? [] : [this.loraSuffix(loraAdapter)])].join('-');
    const protocol = tls ? ServiceProtocol.HTTPS : ServiceProtocol.HTTP;
    if (isIPv4(address)) return ServiceRegistry.staticAddresses(name, [`${address}:${port}`], { protocol });
    if (address.includes(':')) return ServiceRegistry.staticAddresses(name, [`[${address.replace(/^\[|\]$/g, '')}]:${port}`], { protocol });
    return ServiceRegistry.dns(name, [address], { port, protocol });
  }

  private loraName(adapter: string): string {
    return `${this.modelName}:${adapter}`;
  }

  /** GPUStack's own way to make a name of any adapter's. */
  private loraSuffix(adapter: string): string {
    return `l${createHash('sha256').update(this.loraName(adapter)).digest('hex').slice(0, 8)}`;
  }
}
