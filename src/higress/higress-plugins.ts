import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, kubeObject, warn } from '../core';
import type { ArgoCdIgnoreDifference } from './argo-cd-ignore-difference';
import { joinChain } from './chain-book';
import { GpuStackPlan, planGpuStack } from './gpustack-plan';
import { gpuStackPluginSpec, withModelRoutes } from './gpustack-plugin-spec';
import { GpuStackRelease } from './gpustack-release';
import { GpuStackRole } from './gpustack-role';
import { GpuStackGatewayMode } from './gpustack-upstream';
import { HigressConfigMap } from './higress-config-map';
import type { HigressPlugin } from './higress-plugin';
import type { HigressPluginsProps } from './higress-plugins-props';
import { HigressSettings } from './higress-settings';
import { MANAGED, mirrorIngressManifest } from './manifests/mirror-ingress-manifest';
import { serviceRegistryEntry } from './manifests/service-registry-entry';
import { wasmPluginManifest } from './manifests/wasm-plugin-manifest';
import { McpBridge } from './mcp-bridge';
import { ModelRouteBook } from './model-route/model-route-book';
import { Ownership } from './ownership';
import { ChainedPlugin, chainedPlugin, checkPluginChain } from './plugin-chain';
import { PluginProfile, PROFILES } from './releases';
import { withoutFields } from './run-time-fields';
import { warnOfPlainSecrets, withSecrets } from './secrets';
import type { ServiceRegistry } from './service-registry';
import { planTls, TlsPlan } from './tls-plan';
import { checkAddedPlugin } from './validation/check-added-plugin';
import { checkGpuStack, noticesOfGpuStack, sharedMcpBridge } from './validation/check-gpustack';
import { WasmPlugin } from './wasm-plugin';
import type { WasmPluginMatchRule, WasmPluginPhase } from './wasm-plugin-options';

/** Options of a plugin beside those of GPUStack. */
export interface AddHigressPluginOptions {
  /**
   * Name of the WasmPlugin.
   *
   * @default - what the plugin is called, `HigressPlugin.id`
   */
  readonly name?: string;

  /**
   * Configurations for some of the requests.
   *
   * @default - none: one configuration for all requests of the gateway
   */
  readonly matchRules?: WasmPluginMatchRule[];

  /**
   * Phase of the chain of filters.
   *
   * @default - that of the plugin
   */
  readonly phase?: WasmPluginPhase;

  /**
   * Priority in the phase; higher ones run first.
   *
   * @default - that of the plugin
   */
  readonly priority?: number;
}

/**
 * The gateway of a GPUStack server or worker: what its initialiser creates in Higress' namespace.
 *
 * Renders the McpBridge `default` with the server as a registry, the WasmPlugins of the release, the Secret of the certificate, and, with
 * an embedded or external gateway, the Ingress that leads to the server. `ownership` decides what of it is left to a running server.
 *
 * Source: gpustack/gpustack gpustack/gateway/__init__.py and gpustack/config/config.py.
 *
 * Errors: IGW101 and IGW102 for names, IGW702 for secrets, IGW730 to IGW738 and IGW741 for the rest. Warnings: IGW701 for a secret in
 * plain text, IGW734, IGW739 and IGW740.
 */
export class HigressPlugins extends Construct {
  /** Release of the GPUStack server. */
  public readonly release: GpuStackRelease;
  /** Server or worker. */
  public readonly role: GpuStackRole;
  /** Where the gateway runs. */
  public readonly mode: GpuStackGatewayMode;
  /** Who owns what a running GPUStack server writes. */
  public readonly ownership: Ownership;
  /** Namespace of Higress, where all objects are. */
  public readonly gatewayNamespace: string;
  /** The McpBridge; undefined where GPUStack has it, and without a gateway. */
  public readonly mcpBridge?: McpBridge;
  /** The WasmPlugins of GPUStack by name: `gpustack-ai-proxy`. Empty without a gateway. */
  public readonly plugins: Record<string, ApiObject> = {};
  /** The Ingress that leads to the server; undefined in a cluster, where the Helm chart has it. */
  public readonly ingress?: ApiObject;
  /** Name of the Secret of the certificate, whoever writes it. */
  public readonly tlsSecretName?: string;
  /** The Secret of the certificate; undefined when it exists, or cert-manager writes it. */
  public readonly tlsSecret?: ApiObject;
  /** The Certificate that cert-manager issues. */
  public readonly certificate?: ApiObject;
  /** The timeouts that GPUStack sets for the whole gateway; `toChartValues` is for the chart of Higress. */
  public readonly higressSettings: HigressSettings;
  /** The ConfigMap `higress-config`, if it is rendered. */
  public readonly higressConfig?: HigressConfigMap;

  /**
   * With `Ownership.BOOTSTRAP`: entries of `spec.ignoreDifferences` of the Argo CD Application. They keep what GPUStack wrote, together
   * with `syncOptions`. Each `HigressModelRoute` adds its own, so read it after the routes are made. Empty otherwise.
   */
  public readonly ignoreDifferences: ArgoCdIgnoreDifference[] = [];

  /** Entries of `spec.syncPolicy.syncOptions` of the Argo CD Application that the ownership needs. */
  public readonly syncOptions: string[];

  /** @internal */
  public readonly _modelRoutes: ModelRouteBook;
  private readonly ownNames: ReadonlySet<string>;
  private readonly chain: ChainedPlugin[] = [];

  public constructor(scope: Construct, id: string, props: HigressPluginsProps) {
    super(scope, id);
    const profile = PROFILES[props.release];
    const plan = planGpuStack(props);
    const tls = props.tls && planTls(props.tls, plan.hostname, plan.gatewayNamespace);
    assertNoMistakes(this, [...checkGpuStack(props, plan, profile), ...tls?.mistakes ?? []]);
    noticesOfGpuStack(props, plan, profile).forEach((notice) => warn(this, notice));

    this.release = props.release;
    this.role = plan.role;
    this.mode = plan.mode;
    this.ownership = props.ownership ?? Ownership.SHARED;
    this.syncOptions = [...SYNC_OPTIONS[this.ownership]];
    this.gatewayNamespace = plan.gatewayNamespace;
    this.tlsSecretName = tls?.secretName;
    this.higressSettings = new HigressSettings({
      idleTimeout: props.idleTimeout ?? Duration.seconds(1800), upstreamIdleTimeout: props.upstreamIdleTimeout ?? Duration.seconds(3),
    });
    const { role, mode, ingressPrefix, ingressClass, hostname, gatewayNamespace } = plan;
    this._modelRoutes = new ModelRouteBook({
      release: props.release, ownership: this.ownership, role, mode, gatewayNamespace, ingressPrefix, ingressClass, hostname,
      tlsSecretName: tls?.secretName,
    });
    const profiles = profile.plugins.filter(({ onWorkers }) => onWorkers || role === GpuStackRole.SERVER);
    this.ownNames = new Set(mode === GpuStackGatewayMode.DISABLED ? [] : profiles.map(({ name }) => name));
    if (mode === GpuStackGatewayMode.DISABLED) return;

    this.warnOfSecrets(plan, tls, profile.hasPluginOptions);
    if (this.ownership !== Ownership.SHARED) this.mcpBridge = this.makeMcpBridge(plan, props);
    if (tls?.manifest?.kind === 'Certificate') this.certificate = kubeObject(this, 'certificate', tls.manifest);
    if (tls?.manifest?.kind === 'Secret') this.tlsSecret = kubeObject(this, 'tls', tls.manifest);
    if (mode !== GpuStackGatewayMode.IN_CLUSTER) this.ingress = this.makeIngress(plan, tls);
    if (props.higressConfig) {
      this.higressConfig = new HigressConfigMap(this, 'higress-config', {
        settings: this.higressSettings, source: props.higressConfig, namespace: gatewayNamespace,
      });
    }
    for (const plugin of profiles) this.plugins[plugin.name] = this.makePlugin(plugin, plan, props);
  }

  /**
   * Adds a plugin beside those of GPUStack, in the same chain. GPUStack never touches it.
   *
   * Errors: IGW707 when the chain would run in an order that does not work, IGW742 when the plugin clashes with one of GPUStack or there is
   * no gateway, and what `WasmPlugin` raises.
   */
  public addPlugin(plugin: HigressPlugin, options: AddHigressPluginOptions = {}): WasmPlugin {
    const { name = plugin.id, matchRules, phase = plugin.phase, priority = plugin.priority } = options;
    const rules = matchRules?.map((rule) => ({ ...rule, config: rule.config ?? rule.plugin?.config }));
    const chained = {
      ...chainedPlugin(name, { url: plugin.url.url, phase, priority, defaultConfig: plugin.config, matchRules: rules }), pluginId: plugin.id,
    };
    assertNoMistakes(this, [...checkAddedPlugin(name, plugin.id, this.ownNames, this.mode), ...checkPluginChain([...this.chain, chained])]);
    const added = new WasmPlugin(this, name, { plugin, name, namespace: this.gatewayNamespace, matchRules, phase, priority });
    this.chain.push(chained);
    return added;
  }

  /**
   * Adds a registry to the McpBridge.
   *
   * Errors: IGW738 where GPUStack has the McpBridge, and what `McpBridge` raises.
   */
  public addRegistry(registry: ServiceRegistry): void {
    if (this.mcpBridge) {
      this.mcpBridge.addRegistry(registry);
      return;
    }
    const disabled = this.mode === GpuStackGatewayMode.DISABLED;
    assertNoMistakes(this, [disabled
      ? { code: 'IGW738', field: 'registry', value: registry.name, problem: 'is added to a gateway that is disabled', fix: 'make a McpBridge of your own' }
      : { ...sharedMcpBridge('registry'), value: registry.name }]);
  }

  /**
   * With `Ownership.BOOTSTRAP`, keeps Argo CD from applying fields again that a running server writes.
   *
   * @internal
   */
  public _keepLive({ apiGroup: group, kind, name, metadata }: ApiObject, jsonPointers: readonly string[]): void {
    if (this.ownership !== Ownership.BOOTSTRAP || jsonPointers.length === 0) return;
    this.ignoreDifferences.push({ group, kind, name, namespace: metadata.namespace!, jsonPointers: [...jsonPointers] });
  }

  private warnOfSecrets({ token, authCacheKey }: GpuStackPlan, tls: TlsPlan | undefined, hasAuthCache: boolean): void {
    warnOfPlainSecrets(this, 'token', token);
    if (hasAuthCache) warnOfPlainSecrets(this, 'authCacheKey', authCacheKey);
    warnOfPlainSecrets(this, 'tls.privateKey', tls?.privateKey);
  }

  private makeMcpBridge({ registry, gatewayNamespace }: GpuStackPlan, { registries, proxies }: HigressPluginsProps): McpBridge {
    const annotations = this.ownership === Ownership.BOOTSTRAP ? { ...KEEP } : undefined;
    const bridge = new McpBridge(this, 'mcp-bridge', { namespace: gatewayNamespace, registries, proxies, annotations });
    // GPUStack adds its own after those that are there.
    bridge._addEntry(serviceRegistryEntry({ ...registry, protocol: 'http' }));
    bridge._addRoutes(this._modelRoutes);
    this._keepLive(bridge.object, ['/spec/proxies', '/spec/registries']);
    return bridge;
  }

  private makeIngress(plan: GpuStackPlan, tls: TlsPlan | undefined): ApiObject {
    const { mirrorIngressName: name, gatewayNamespace: namespace, ingressClass, service, servicePort, hostname } = plan;
    return kubeObject(this, 'ingress', mirrorIngressManifest({
      name, namespace, ingressClass, hostname, destination: `${service}:${servicePort}`, tlsSecretName: tls?.secretName, managed: tls?.asGpuStack ?? true,
    }));
  }

  private makePlugin(profile: PluginProfile, plan: GpuStackPlan, { pluginOptions = {} }: HigressPluginsProps): ApiObject {
    const { name, writtenAtRunTime = [] } = profile;
    const metadata = { name, namespace: plan.gatewayNamespace, labels: { ...MANAGED } };
    const spec = gpuStackPluginSpec(profile, plan, pluginOptions[profile.plugin]);
    const chained = chainedPlugin(name, spec);
    // Another module takes the place of the release's.
    const { pluginId } = chainedPlugin(name, gpuStackPluginSpec(profile, plan));
    this.chain.push({ ...chained, pluginId });
    joinChain(this, plan.gatewayNamespace, chained, pluginId);
    const left = this.ownership === Ownership.SHARED ? writtenAtRunTime : [];
    const produce = () => withoutFields(wasmPluginManifest(metadata, withSecrets(withModelRoutes(name, spec, this._modelRoutes))), left).spec;
    const object = kubeObject(this, name, { ...wasmPluginManifest(metadata, {}), spec: Lazy.any({ produce }) });
    this._keepLive(object, writtenAtRunTime);
    return object;
  }
}

/** Keeps Argo CD from deleting the McpBridge when it is no longer in Git, after a change to `Ownership.SHARED`. */
const KEEP: Readonly<Record<string, string>> = { 'argocd.argoproj.io/sync-options': 'Prune=false' };

/*
 * Server-side apply removes a field from Git without removing it from the cluster when GPUStack wrote it. RespectIgnoreDifferences puts the
 * live value into what is applied; ApplyOutOfSyncOnly leaves objects alone that differ in nothing else.
 */
const SYNC_OPTIONS: Readonly<Record<Ownership, readonly string[]>> = {
  [Ownership.GITOPS]: [],
  [Ownership.SHARED]: ['ServerSideApply=true'],
  [Ownership.BOOTSTRAP]: ['ServerSideApply=true', 'RespectIgnoreDifferences=true', 'ApplyOutOfSyncOnly=true'],
};
