import { isIPv4 } from 'node:net';
import { Construct } from 'constructs';
import { assertNoMistakes } from '../core';
import type { ExternalProvider } from './external-provider';
import type { HigressModelProviderProps, HigressProviderDestinationOptions } from './higress-model-provider-props';
import { ModelDestination } from './model-destination';
import { httpProxyOf } from './model-route/http-proxy';
import { AiProvider, AiProviderFailover, AiProviderType, providerConfig } from './plugins';
import { SecretText } from './secret-text';
import { warnOfPlainSecrets } from './secrets';
import { ServiceRegistry } from './service-registry';
import { ServiceProtocol } from './service-registry-options';
import { checkModelProvider } from './validation/check-model-provider';
import { claimRegistries } from './validation/check-route-gateway';
import { warnOfModelProvider } from './validation/warn-of-model-provider';

/**
 * A provider of models outside of the cluster, behind Higress.
 *
 * Renders nothing by itself. It adds a registry `provider-<id>` to the McpBridge of the gateway, the proxy it is reached through if there
 * is one, and an entry with its tokens to the plugin ai-proxy. Names and shapes are those of GPUStack.
 *
 * Source: gpustack/gpustack gpustack/gateway/utils.py, provider_registry and provider_proxy_plugin_spec.
 *
 * Errors: IGW702 for a token, IGW704 for an address, IGW706 for what ai-proxy would refuse, IGW760 for a name, IGW763 for an id that another
 * provider has, IGW766 when the gateway takes no routes, IGW767 for the rest. Warnings: IGW701 for a token in plain text, IGW767 for a type
 * that ai-proxy of Higress does not know, IGW768 for the placeholder of a token.
 */
export class HigressModelProvider extends Construct {
  /** What its registry and its entry in ai-proxy are named after. */
  public readonly providerId: string;
  private readonly props: HigressModelProviderProps;
  private readonly registry: ServiceRegistry;

  public constructor(scope: Construct, id: string, props: HigressModelProviderProps) {
    super(scope, id);
    const { higress, provider, proxyUrl } = props;
    this.providerId = props.providerId ?? id;
    this.props = props;
    const name = `provider-${this.providerId}`;
    const proxyName = `${name}-proxy`;
    const tokens = props.tokens ?? tokensOf(name, provider);
    const entry: AiProvider = {
      id: name,
      type: provider.type as AiProviderType,
      apiTokens: tokens.length > 0 ? tokens : undefined,
      failover: failoverOf(tokens, props.healthCheckModel),
      retryOnFailure: { enabled: false },
      otherFields: provider._config,
    };
    assertNoMistakes(this, checkModelProvider(this, this.providerId, props, entry));
    this.registry = registryOf(name, provider, proxyUrl === undefined ? undefined : proxyName);
    assertNoMistakes(this, [...this.registry._mistakes('provider'), ...claimRegistries(this, higress._modelRoutes, [this.registry])]);

    warnOfModelProvider(this, provider.type, props.tokens ? undefined : tokens[0]);
    warnOfPlainSecrets(this, 'tokens', tokens);
    warnOfPlainSecrets(this, 'provider.config', provider._config);
    higress._modelRoutes.add(this, {
      registries: [this.registry],
      proxies: proxyUrl === undefined ? [] : [httpProxyOf(proxyName, proxyUrl, props.proxyTimeout)],
      providers: [providerConfig(entry)],
      aiProxyRules: [{ config: { activeProviderId: name }, configDisable: false, domain: [], ingress: [], service: [this.registry.serviceName()] }],
    });
  }

  /** A model of the provider as a destination of a route. */
  public destination(options: HigressProviderDestinationOptions): ModelDestination {
    return ModelDestination._of(options.modelName, options.weight ?? 1, {
      book: this.props.higress._modelRoutes, path: this.node.path, services: [this.registry],
    });
  }
}

/** The kinds that have keys in place of tokens, or send none. */
const WITHOUT_TOKENS: readonly string[] = [AiProviderType.BEDROCK, AiProviderType.HUNYUAN, AiProviderType.OLLAMA, AiProviderType.VERTEX];

function tokensOf(name: string, { type }: ExternalProvider): SecretText[] {
  return WITHOUT_TOKENS.includes(type) ? [] : [SecretText.placeholder(`<${name}-token>`)];
}

function failoverOf(tokens: readonly SecretText[], healthCheckModel: string | undefined): AiProviderFailover {
  const enabled = tokens.length > 1 && healthCheckModel !== undefined;
  return { enabled, failureThreshold: 1, healthCheckModel: enabled ? healthCheckModel : undefined };
}

function registryOf(name: string, { url }: ExternalProvider, proxyName: string | undefined): ServiceRegistry {
  const { protocol: scheme, hostname, port } = new URL(url);
  const protocol = scheme === 'http:' ? ServiceProtocol.HTTP : ServiceProtocol.HTTPS;
  const ownPort = port === '' ? (protocol === ServiceProtocol.HTTP ? 80 : 443) : Number(port);
  const options = { protocol, proxyName };
  if (isIPv4(hostname) || hostname.startsWith('[')) {
    // As GPUStack has it: the port of the name is that of the protocol.
    return ServiceRegistry.staticAddresses(name, [`${hostname}:${ownPort}`], { ...options, port: protocol === ServiceProtocol.HTTP ? 80 : 443 });
  }
  return ServiceRegistry.dns(name, [hostname], { ...options, port: ownPort });
}
