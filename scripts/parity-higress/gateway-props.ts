import { Duration } from 'cdk8s';
import {
  GatewayToken, GpuStackPluginOptions, GpuStackRelease, GpuStackRole, GpuStackUpstream, HigressConfigSource, HigressPluginsProps, HigressTls,
  Ownership, SecretText, WasmPluginUrl,
} from '../../src';
import type { HigressGolden } from './scenario';

const RELEASES: Readonly<Record<string, GpuStackRelease>> = {
  'seed': GpuStackRelease.REFERENCE, 'v2.2.3': GpuStackRelease.V2_2_3, 'head': GpuStackRelease.HEAD_2026_08,
};

/** The properties that a golden's settings stand for. What is not set is left to the defaults, so that these are compared too. */
export function gatewayProps({ version, config = {}, env = {}, effective = {}, expected }: HigressGolden): HigressPluginsProps {
  const contentTypes = env.GPUSTACK_GATEWAY_AI_STATISTICS_PLUGIN_CONTENT_TYPES;
  return {
    release: RELEASES[version!],
    ownership: Ownership.GITOPS,
    role: effective.role === 'worker' ? GpuStackRole.WORKER : undefined,
    upstream: upstreamOf(config, effective),
    token: GatewayToken.derive(effective.jwt_secret_key),
    authCacheKey: GatewayToken.deriveAuthCacheKey(effective.jwt_secret_key),
    gatewayNamespace: config.gateway_namespace,
    // Without a setting the server takes the address of its own pod, which only the golden knows.
    pluginServerUrl: config.gateway_plugin_server_url ?? (config.gateway_mode === 'incluster' ? effective.gateway_plugin_server_url : undefined),
    ingressClass: config.gateway_ingress_class,
    mirrorIngressName: env.GPUSTACK_GATEWAY_MIRROR_INGRESS_NAME,
    externalUrl: config.server_external_url,
    tls: config.ssl_certfile ? tlsOf(expected) : undefined,
    statisticsContentTypes: contentTypes?.split(',').map((type) => type.trim()),
    pluginOptions: config.gateway_plugin && pluginOptionsOf(config.gateway_plugin),
    higressConfig: higressConfigOf(expected),
  };
}

function upstreamOf(config: Readonly<Record<string, any>>, { role }: Readonly<Record<string, any>>): GpuStackUpstream {
  const port = role === 'worker' ? config.worker_port : config.api_port;
  switch (config.gateway_mode) {
    case 'incluster': return GpuStackUpstream.inCluster({ service: config.service_discovery_name, namespace: config.namespace, port });
    case 'embedded': return GpuStackUpstream.embedded({ port });
    case 'external': return GpuStackUpstream.external({ address: config.advertise_address, port });
    case 'auto': return GpuStackUpstream.auto();
    default: return GpuStackUpstream.disabled();
  }
}

function pluginOptionsOf(plugins: Readonly<Record<string, any>>): Record<string, GpuStackPluginOptions> {
  return Object.fromEntries(Object.entries(plugins).map(([name, { url, sha256, image_pull_policy }]) => {
    const [, image, tag] = /^oci:\/\/(.+):([^:/]+)$/.exec(url ?? '') ?? [];
    return [name, { url: url && (image ? WasmPluginUrl.oci(image, { tag }) : WasmPluginUrl.http(url)), sha256, imagePullPolicy: image_pull_policy }];
  }));
}

/** The files are not in the golden, and hold no certificate: their content is taken from the Secret. */
function tlsOf(expected: readonly any[]): HigressTls {
  const { data } = expected.find(({ kind }) => kind === 'Secret');
  const text = (key: string) => Buffer.from(data[key], 'base64').toString('utf8');
  return HigressTls.unsafeUnchecked({ certificate: text('tls.crt'), privateKey: SecretText.unsafePlainText(text('tls.key')) });
}

/** The ConfigMap as it was before: with the timeouts of Higress' own chart, or without any. */
function higressConfigOf(expected: readonly any[]): HigressConfigSource | undefined {
  const configMap = expected.find(({ kind }) => kind === 'ConfigMap');
  if (!configMap?.data.higress) return undefined;
  const section = (seconds: Duration) => `  idleTimeout: ${seconds.toSeconds()}\n`;
  const higress = configMap.data.higress
    .replace(section(Duration.seconds(1800)), section(Duration.seconds(180)))
    .replace(section(Duration.seconds(3)), section(Duration.seconds(10)))
    // A section that GPUStack made is one of nothing but its timeout.
    .replace(/^(downstream|upstream):\n {2}idleTimeout: \d+\n(?! )/gm, '');
  return HigressConfigSource.existing({ ...configMap, data: { ...configMap.data, higress } });
}
