import { Duration } from 'cdk8s';
import type { GpuStackAuthenticationOptions } from './gpustack-options';
import { GpuStackRole } from './gpustack-role';
import { GpuStackGatewayMode, GpuStackUpstream } from './gpustack-upstream';
import type { HigressPluginsProps } from './higress-plugins-props';
import { SecretText } from './secret-text';

/** What GPUStack's configuration comes to for its gateway: every default filled in, every name decided. */
export interface GpuStackPlan {
  readonly mode: GpuStackGatewayMode;
  readonly role: GpuStackRole;
  /** Namespace of Higress, where everything lands. */
  readonly gatewayNamespace: string;
  /** How Higress begins the names of GPUStack's Ingresses: empty in its own namespace, else `<namespace>/`. */
  readonly ingressPrefix: string;
  readonly registry: GpuStackRegistry;
  /** Name by which plugins call the registry: `gpustack.dns`. */
  readonly service: string;
  readonly servicePort: number;
  readonly pluginServerUrl: string;
  readonly mirrorIngressName: string;
  readonly ingressClass: string;
  /** Host name of the external URL; an IP address is none. */
  readonly hostname?: string;
  readonly token: SecretText;
  readonly authCacheKey: SecretText;
  readonly contentTypes: readonly string[];
  /** In milliseconds. */
  readonly authTimeout: number;
  readonly authentication: GpuStackAuthentication;
}

/** The server as a registry of the McpBridge. */
export interface GpuStackRegistry {
  readonly name: string;
  readonly type: 'dns' | 'static';
  readonly domain: string;
  readonly port: number;
}

export interface GpuStackAuthentication {
  readonly localKeys: boolean;
  readonly allowAuthenticatedOnFailure: boolean;
  readonly statusOnError: number;
}

export const TOKEN_PLACEHOLDER = '<gpustack-gateway-token>';
export const AUTH_CACHE_KEY_PLACEHOLDER = '<gpustack-auth-cache-key>';

const API_PORT = 30080;
const WORKER_PORT = 10150;
/** Registries of type `static` name ports in their domain, so their own is a constant. */
const STATIC_PORT = 80;

/** Pure; mistakes are found by `checkGpuStack`. Source: gpustack/gpustack gpustack/config/config.py. */
export function planGpuStack(props: HigressPluginsProps): GpuStackPlan {
  const { upstream, authentication = {} } = props;
  const role = props.role ?? GpuStackRole.SERVER;
  const mode = upstream.mode === GpuStackGatewayMode.AUTO ? GpuStackGatewayMode.DISABLED : upstream.mode;
  const gatewayNamespace = props.gatewayNamespace ?? 'higress-system';
  const port = upstream.port ?? (role === GpuStackRole.WORKER ? WORKER_PORT : API_PORT);
  const namespace = upstream.namespace ?? 'gpustack-system';
  const registry = registryOf(upstream, role, namespace, port);
  return Object.freeze({
    mode,
    role,
    gatewayNamespace,
    ingressPrefix: mode === GpuStackGatewayMode.IN_CLUSTER && namespace !== gatewayNamespace ? `${namespace}/` : '',
    registry,
    service: `${registry.name}.${registry.type}`,
    servicePort: registry.port,
    pluginServerUrl: props.pluginServerUrl ?? upstream.pluginServerUrl ?? defaultPluginServerUrl(registry, port),
    mirrorIngressName: props.mirrorIngressName ?? 'gpustack',
    ingressClass: props.ingressClass ?? 'higress',
    hostname: hostnameOf(props.externalUrl),
    token: props.token ?? SecretText.placeholder(TOKEN_PLACEHOLDER),
    authCacheKey: props.authCacheKey ?? SecretText.placeholder(AUTH_CACHE_KEY_PLACEHOLDER),
    contentTypes: props.statisticsContentTypes ?? ['application/json', 'text/event-stream'],
    ...authenticationOf(authentication),
  });
}

function authenticationOf(options: GpuStackAuthenticationOptions): Pick<GpuStackPlan, 'authTimeout' | 'authentication'> {
  return {
    authTimeout: (options.timeout ?? Duration.seconds(30)).toMilliseconds(),
    authentication: {
      localKeys: options.localKeys ?? true,
      allowAuthenticatedOnFailure: options.allowAuthenticatedOnFailure ?? true,
      statusOnError: options.statusOnError ?? 403,
    },
  };
}

function registryOf(upstream: GpuStackUpstream, role: GpuStackRole, namespace: string, port: number): GpuStackRegistry {
  const name = role === GpuStackRole.WORKER ? 'gpustack-worker' : 'gpustack';
  if (upstream.mode === GpuStackGatewayMode.IN_CLUSTER) {
    return { name, type: 'dns', domain: `${upstream.service ?? role}.${namespace}.svc`, port };
  }
  // Static even for a DNS name, as GPUStack has it.
  const address = upstream.address ?? '127.0.0.1';
  return { name, type: 'static', domain: `${address.includes(':') ? `[${address}]` : address}:${port}`, port: STATIC_PORT };
}

function defaultPluginServerUrl({ type, domain }: GpuStackRegistry, port: number): string {
  return type === 'dns' ? `http://${domain}:${port}` : `http://${domain}`;
}

function hostnameOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return hostname === '' || isIpAddress(hostname) ? undefined : hostname;
}

/** A URL's hostname holds an IPv6 address in brackets. */
function isIpAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);
}

/** Name of the Secret of the certificate. */
export function tlsSecretName(hostname: string | undefined): string {
  return `gpustack-tls-${hostname === undefined ? 'default' : hostname.replaceAll('.', '-')}`;
}
