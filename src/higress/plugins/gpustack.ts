import { compact, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import type { WasmPluginUrl } from '../wasm-plugin-url';
import { checkPort, checkService, checkText, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Options of GPUStack's plugin `gpustack-set-header-pre-route`. */
export interface SetHeaderPreRouteOptions {
  /** Where the module is: GPUStack's server has it below `/wasm-plugins`. */
  readonly url: WasmPluginUrl;

  /** Header that the name of the chosen cluster is written to. */
  readonly clusterNameHeader: string;

  /**
   * Header that the name of the route is written to.
   *
   * @default - none
   */
  readonly routeNameHeader?: string;

  /**
   * Ends of paths that it works on.
   *
   * @default - absent
   */
  readonly enableOnPathSuffix?: string[];

  /**
   * Beginnings of paths that it works on.
   *
   * @default - absent
   */
  readonly enableOnPathPrefix?: string[];
}

/** Options of GPUStack's plugin `gpustack-token-usage`. */
export interface TokenUsageOptions {
  /** Where the module is: GPUStack's server has it below `/wasm-plugins`. */
  readonly url: WasmPluginUrl;

  /** Name of the service that counts, as `ServiceRegistry.serviceName` gives it. */
  readonly serviceName: string;

  /** Port of the service. */
  readonly servicePort: number;

  /**
   * Path that counts are sent to.
   *
   * @default /v2/usage/gateway-metrics
   */
  readonly path?: string;

  /**
   * Header with the client's address that it adds to requests.
   *
   * @default - none
   */
  readonly realIpToHeader?: string;

  /**
   * Headers with secrets that counts are sent with, `X-GPUStack-Auth-Token` for one.
   *
   * @default - none
   */
  readonly headers?: Record<string, SecretText>;
}

export function setHeaderPreRoute(options: SetHeaderPreRouteOptions): PluginData {
  const { url, clusterNameHeader, routeNameHeader, enableOnPathSuffix, enableOnPathPrefix } = options;
  const config = compact({ clusterNameHeader, routeNameHeader, enableOnPathSuffix, enableOnPathPrefix });
  return pluginData('gpustack-set-header-pre-route', config, { mistakes: checkText('clusterNameHeader', clusterNameHeader) }, url);
}

export function tokenUsage(options: TokenUsageOptions): PluginData {
  const { url, serviceName, servicePort, path = '/v2/usage/gateway-metrics', realIpToHeader, headers } = options;
  const mistakes: Mistake[] = [...checkService('endpoint.service_name', serviceName), ...checkPort('endpoint.service_port', servicePort)];
  if (!path.startsWith('/')) mistakes.push(wrong('endpoint.path', path, 'does not begin with a slash', `write ${JSON.stringify(`/${path}`)}`));
  const endpoint = { path, service_name: serviceName, service_port: servicePort };
  return pluginData('gpustack-token-usage', compact({ realIPToHeader: realIpToHeader, endpoint, header_add: headers }), { mistakes }, url);
}
