import type { Duration } from 'cdk8s';
import type { GpuStackAuthenticationOptions, GpuStackPluginOptions } from './gpustack-options';
import type { GpuStackRelease } from './gpustack-release';
import type { GpuStackRole } from './gpustack-role';
import type { GpuStackUpstream } from './gpustack-upstream';
import type { HigressConfigSource } from './higress-config-source';
import type { HigressTls } from './higress-tls';
import type { McpBridgeProxy } from './mcp-bridge-proxy';
import type { Ownership } from './ownership';
import type { SecretText } from './secret-text';
import type { ServiceRegistry } from './service-registry';

/** Properties of `HigressPlugins`. Names in parentheses are settings or environment variables of GPUStack. */
export interface HigressPluginsProps {
  /** Release of the GPUStack server. */
  readonly release: GpuStackRelease;

  /** Where the server is, seen from the gateway (`gateway_mode`). */
  readonly upstream: GpuStackUpstream;

  /**
   * Server or worker.
   *
   * @default GpuStackRole.SERVER
   */
  readonly role?: GpuStackRole;

  /**
   * Who owns what a running GPUStack server writes.
   *
   * @default Ownership.SHARED
   */
  readonly ownership?: Ownership;

  /**
   * The gateway token, which plugins send to the server. `GatewayToken.derive` computes it.
   *
   * @default - the placeholder `<gpustack-gateway-token>`, with a warning (IGW739)
   */
  readonly token?: SecretText;

  /**
   * The key that signs the gateway's authentication cache; HEAD_2026_08 only. `GatewayToken.deriveAuthCacheKey` computes it.
   *
   * @default - the placeholder `<gpustack-auth-cache-key>`, with a warning (IGW739)
   */
  readonly authCacheKey?: SecretText;

  /**
   * Namespace of Higress, where all objects are rendered (`gateway_namespace`).
   *
   * @default higress-system
   */
  readonly gatewayNamespace?: string;

  /**
   * Where the gateway downloads the modules of plugins (`gateway_plugin_server_url`), without a slash at the end. Not with `embedded`.
   *
   * A gateway that cannot download the module for authentication serves models without it, so this should not be the server itself.
   *
   * @default - that of `GpuStackUpstream.helmChart`, else the server
   */
  readonly pluginServerUrl?: string;

  /**
   * Name of the IngressClass of Higress (`gateway_ingress_class`).
   *
   * @default higress
   */
  readonly ingressClass?: string;

  /**
   * Name of the Ingress that leads to the server itself (`GPUSTACK_GATEWAY_MIRROR_INGRESS_NAME`). In a cluster the Helm chart has it.
   *
   * @default gpustack
   */
  readonly mirrorIngressName?: string;

  /**
   * URL by which clients reach the server (`server_external_url`). Its host name gets a rule of the Ingress, and is in the certificate.
   *
   * @default - none: every host
   */
  readonly externalUrl?: string;

  /**
   * Certificate of the gateway (`ssl_certfile`, `ssl_keyfile`).
   *
   * @default - none: HTTP
   */
  readonly tls?: HigressTls;

  /**
   * What the content type of an answer contains whose tokens are counted; `*` is every one (`GPUSTACK_GATEWAY_AI_STATISTICS_PLUGIN_CONTENT_TYPES`,
   * `gateway_plugin.ai-statistics.config.enable_content_types`). `audio/pcm` is refused.
   *
   * @default application/json and text/event-stream
   */
  readonly statisticsContentTypes?: string[];

  /**
   * How requests to models are authenticated.
   *
   * @default - 30 seconds; the rest as each option says
   */
  readonly authentication?: GpuStackAuthenticationOptions;

  /**
   * Options of single plugins by their names in GPUStack's plugin server, `gpustack-model-mapper` for example (`gateway_plugin`).
   * HEAD_2026_08 only.
   *
   * @default - none
   */
  readonly pluginOptions?: Record<string, GpuStackPluginOptions>;

  /**
   * After how long an idle connection of a client is closed, in whole seconds (`GPUSTACK_PROXY_TIMEOUT_SECONDS`).
   *
   * @default Duration.seconds(1800)
   */
  readonly idleTimeout?: Duration;

  /**
   * After how long an idle connection to a server is closed, in whole seconds (`GPUSTACK_PROXY_UPSTREAM_IDLE_TIMEOUT_SECONDS`).
   *
   * @default Duration.seconds(3)
   */
  readonly upstreamIdleTimeout?: Duration;

  /**
   * Renders the ConfigMap `higress-config` with the two timeouts. The Helm chart of Higress has it as a rule; give it
   * `higressSettings.toChartValues()` then.
   *
   * @default - not rendered
   */
  readonly higressConfig?: HigressConfigSource;

  /**
   * Registries beside the server's. Not with `Ownership.SHARED`, where GPUStack has the McpBridge.
   *
   * @default - none
   */
  readonly registries?: ServiceRegistry[];

  /**
   * Proxies that registries can be reached through. Not with `Ownership.SHARED`.
   *
   * @default - none
   */
  readonly proxies?: McpBridgeProxy[];
}
