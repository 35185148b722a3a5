import { Duration } from 'cdk8s';
import type { McpBridgeProxy } from '../mcp-bridge-proxy';

/** The proxy of a McpBridge at a URL. Source: gpustack/gpustack gpustack/gateway/utils.py, provider_proxy. */
export function httpProxyOf(name: string, url: string, timeout: Duration = Duration.seconds(5)): McpBridgeProxy {
  const { hostname, port } = new URL(url);
  return { name, address: hostname, port: port === '' ? 80 : Number(port), connectTimeout: timeout };
}
