import { Duration } from 'cdk8s';
import { HigressConfigSource, HigressPluginsProps, McpBridgeProxy, ServiceProtocol, ServiceRegistry } from '../../src';
import { gatewayProps } from './gateway-props';
import { renderGateway } from './initial-state';
import type { HigressGolden, ScenarioKind } from './scenario';

/** What the initialiser does over objects that are there. They ran embedded, those of a certificate with a host. */
export const EXISTING_OBJECTS: ScenarioKind = {
  title: 'over existing objects',
  matches: (name) => /^(seed-)?j-/.test(name),
  render: (name, golden) => renderGateway(name, propsOf(name, golden)),
  compared: (golden, objects) => {
    // What stands there untouched says nothing of the input; the merge into higress-config does.
    const untouched = new Set(golden.expected.filter((object) => object.kind !== 'ConfigMap' && stoodThere(golden, object)).map(keyOf));
    const left = (list: any[]) => list.filter((object) => !untouched.has(keyOf(object)));
    return { expected: left(golden.expected), actual: left(objects) };
  },
};

function propsOf(name: string, golden: HigressGolden): HigressPluginsProps {
  const { before = [] } = golden;
  const withTls = name.includes('j-tls');
  const config = { gateway_mode: 'embedded', ...(withTls ? { server_external_url: 'https://gpustack.example.com', ssl_certfile: 'tls.crt' } : {}) };
  const effective = { role: 'server', jwt_secret_key: 'golden-jwt-secret-key-not-a-real-secret' };
  const configMap = before.find(({ kind }) => kind === 'ConfigMap');
  const bridge = before.find(({ kind }) => kind === 'McpBridge')?.spec;
  const props = gatewayProps({ ...golden, config, effective });
  return {
    ...props,
    ...(configMap ? { higressConfig: HigressConfigSource.existing(configMap) } : {}),
    registries: bridge?.registries?.filter((entry: any) => entry.name !== 'gpustack').map(registryOf),
    proxies: bridge?.proxies?.map(proxyOf),
  };
}

function registryOf({ type, name, domain, port, protocol, sni, nacosGroups, nacosNamespaceId, authSecretName }: any): ServiceRegistry {
  if (type === 'nacos2') return ServiceRegistry.nacos2(name, { domain, port, groups: nacosGroups, namespaceId: nacosNamespaceId, authSecretName });
  return ServiceRegistry.dns(name, [domain], { port, protocol: protocol as ServiceProtocol, sni });
}

function proxyOf({ name, serverAddress, serverPort, connectTimeout }: any): McpBridgeProxy {
  return { name, address: serverAddress, port: serverPort, connectTimeout: Duration.millis(connectTimeout) };
}

function stoodThere({ before = [] }: HigressGolden, object: any): boolean {
  const found = before.find((other) => keyOf(other) === keyOf(object));
  return found !== undefined && JSON.stringify(found) === JSON.stringify(object);
}

function keyOf({ kind, metadata }: any): string {
  return `${kind} ${metadata.namespace}/${metadata.name}`;
}
