import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import type { McpBridgeSpec } from '../../imports/networking.higress.io';
import { assertNoMistakes, compact, kubeObject, namespaceOf, Plain } from '../core';
import { mcpBridgeManifest } from './manifests/mcp-bridge-manifest';
import type { ServiceRegistryEntry } from './manifests/service-registry-entry';
import type { McpBridgeProxy } from './mcp-bridge-proxy';
import type { ModelRouteBook } from './model-route/model-route-book';
import { warnOfPlainSecrets } from './secrets';
import type { ServiceRegistry } from './service-registry';
import { checkMcpBridge, checkProxy, checkRegistryName, checkRegistryOfRoutes } from './validation/check-mcp-bridge';

/** Properties of `McpBridge`. */
export interface McpBridgeProps {
  /**
   * Registries whose services Higress knows; `addRegistry` adds more.
   *
   * @default - none
   */
  readonly registries?: ServiceRegistry[];

  /**
   * Proxies that registries can be reached through.
   *
   * @default - none
   */
  readonly proxies?: McpBridgeProxy[];

  /**
   * Namespace: that of Higress, which reads no other.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * Labels of the McpBridge.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations of the McpBridge.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/**
 * The services that Higress knows beside those of the cluster. There is one for a gateway, and its name is always `default`: Higress reads
 * no other.
 *
 * Renders a `McpBridge` (networking.higress.io/v1). A registry's secrets stand in it, since nothing resolves a reference there.
 *
 * Errors: IGW704 for a registry, IGW741 for a proxy, a name that is taken, or a proxy that is not there.
 */
export class McpBridge extends Construct {
  /** Namespace of the McpBridge. */
  public readonly namespace: string;
  /** The McpBridge object. */
  public readonly object: ApiObject;
  private readonly entries: ServiceRegistryEntry[] = [];
  private readonly proxies: readonly McpBridgeProxy[];
  private routes?: ModelRouteBook;

  public constructor(scope: Construct, id: string, props: McpBridgeProps = {}) {
    super(scope, id);
    this.namespace = namespaceOf(this, props.namespace);
    this.proxies = [...props.proxies ?? []];
    assertNoMistakes(this, [
      ...checkMcpBridge(this.namespace, this.proxies),
      ...(props.registries ?? []).flatMap((registry, index) => registry._mistakes(`registries[${index}]`)),
    ]);
    const { labels, annotations } = props;
    const manifest = mcpBridgeManifest({ namespace: this.namespace, labels, annotations }, {});
    this.object = kubeObject(this, 'Resource', { ...manifest, spec: Lazy.any({ produce: () => this.spec() }) });
    for (const registry of props.registries ?? []) this.addRegistry(registry);
  }

  /** Adds a registry. Its name must be free, and the proxy that it names must be there. */
  public addRegistry(registry: ServiceRegistry): void {
    const field = `registries[${this.entries.length}]`;
    assertNoMistakes(this, registry._mistakes(field));
    warnOfPlainSecrets(this, field, registry._secrets);
    this._addEntry(registry._entry());
  }

  /**
   * Adds a registry as it is.
   *
   * @internal
   */
  public _addEntry(entry: ServiceRegistryEntry): void {
    const field = `registries[${this.entries.length}]`;
    const holder = this.routes?.claimRegistry(this, entry);
    assertNoMistakes(this, [
      ...checkRegistryName(field, entry, this.entries),
      ...checkProxy(field, entry, this.proxies),
      ...(holder && holder !== this ? [checkRegistryOfRoutes(field, entry, holder)] : []),
    ]);
    this.entries.push(entry);
  }

  /**
   * Adds what model routes need, which is known when the app is complete. What is here already keeps its names.
   *
   * @internal
   */
  public _addRoutes(routes: ModelRouteBook): void {
    this.routes = routes;
    for (const entry of this.entries) routes.claimRegistry(this, entry);
    for (const { name } of this.proxies) routes.claim(this, `proxy ${name}`);
  }

  private spec(): Plain<McpBridgeSpec> {
    const { registries, proxies } = this.routes?.servicesWith(this.entries, this.proxies) ?? { registries: this.entries, proxies: this.proxies };
    return {
      proxies: proxies.map(({ name, address, port, connectTimeout, listenerPort }) => compact({
        type: 'HTTP', name, serverAddress: address, serverPort: port, connectTimeout: connectTimeout?.toMilliseconds(), listenerPort,
      })),
      registries: [...registries],
    };
  }
}
