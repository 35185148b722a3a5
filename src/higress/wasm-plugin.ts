import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, compact, kubeObject, namespaceOf, warn } from '../core';
import { joinChain } from './chain-book';
import { HigressPlugin } from './higress-plugin';
import { wasmPluginManifest, WasmPluginShape } from './manifests/wasm-plugin-manifest';
import { chainedPlugin } from './plugin-chain';
import { warnOfPlainSecrets, withSecrets } from './secrets';
import { checkWasmPlugin, noticesOfWasmPlugin } from './validation/check-wasm-plugin';
import { WasmPluginEnv, WasmPluginFailStrategy, WasmPluginMatchRule, WasmPluginPhase, WasmPluginPullPolicy } from './wasm-plugin-options';
import { WasmPluginUrl } from './wasm-plugin-url';

/** Properties of `WasmPlugin`. Give `plugin`, or `url` for a plugin in its own words. */
export interface WasmPluginProps {
  /**
   * A plugin of the catalogue with its configuration. What is given beside it takes the place of what it brings along.
   *
   * @default - `url` is used
   */
  readonly plugin?: HigressPlugin;

  /**
   * Where the module is.
   *
   * @default - that of `plugin`
   */
  readonly url?: WasmPluginUrl;

  /**
   * Phase of the chain of filters.
   *
   * @default - that of `plugin`, else absent, which means UNSPECIFIED_PHASE
   */
  readonly phase?: WasmPluginPhase;

  /**
   * Priority in the phase; higher ones run first. Two plugins of one priority run in the order of their names.
   *
   * @default - that of `plugin`, else absent, which means 0
   */
  readonly priority?: number;

  /**
   * What happens to requests when the plugin cannot be loaded or crashes.
   *
   * @default - that of `plugin`, else absent, which means FAIL_CLOSE
   */
  readonly failStrategy?: WasmPluginFailStrategy;

  /**
   * When the image is pulled.
   *
   * @default - absent, which means UNSPECIFIED_POLICY
   */
  readonly imagePullPolicy?: WasmPluginPullPolicy;

  /**
   * Name of a Secret with credentials of the OCI registry, in the plugin's namespace.
   *
   * @default - none
   */
  readonly imagePullSecret?: string;

  /**
   * SHA-256 that the module or image is checked with.
   *
   * @default - that of `url`
   */
  readonly sha256?: string;

  /**
   * Public key in PEM format that signed modules are verified with.
   *
   * @default - none
   */
  readonly verificationKey?: string;

  /**
   * Which plugin of a module with several is used.
   *
   * @default - absent; modules have one
   */
  readonly pluginName?: string;

  /**
   * Configuration for requests that no match rule matches, in the plugin's own words. A `SecretText` may stand wherever text may.
   *
   * @default - that of `plugin`, else absent
   */
  readonly defaultConfig?: any;

  /**
   * Ignores the default configuration, so that the plugin works for match rules only.
   *
   * @default - absent, which means false
   */
  readonly defaultConfigDisable?: boolean;

  /**
   * Configurations for some of the requests. An empty list is rendered as one.
   *
   * @default - absent
   */
  readonly matchRules?: WasmPluginMatchRule[];

  /**
   * Configuration of the plugin as Istio knows it. Higress then ignores `defaultConfig` and `matchRules`, so it excludes them.
   *
   * @default - absent
   */
  readonly pluginConfig?: any;

  /**
   * Environment variables of the plugin.
   *
   * @default - none
   */
  readonly env?: WasmPluginEnv[];

  /**
   * Name of the WasmPlugin.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the WasmPlugin. Higress reads those of its own namespace only, `higress-system` as a rule.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * Labels of the WasmPlugin.
   *
   * @default - none
   */
  readonly labels?: Record<string, string>;

  /**
   * Annotations of the WasmPlugin.
   *
   * @default - none
   */
  readonly annotations?: Record<string, string>;
}

/**
 * A plugin of Higress: a WebAssembly filter with its place in the chain and its configuration, for all requests or by Ingress, domain or
 * service.
 *
 * Renders a `WasmPlugin` (extensions.higress.io/v1alpha1). What is not given is left out; empty lists, empty objects and `false` that are
 * given stay.
 *
 * Source: alibaba/higress v2.2.1, api/extensions/v1alpha1/wasmplugin.proto and pkg/ingress/config/ingress_config.go.
 *
 * Errors: IGW101 and IGW102 for names, IGW702 for secrets, IGW703 for the plugin, IGW705 and IGW706 for the configuration of a plugin of
 * the catalogue; at synth, when the plugins of one namespace run in an order that does not work, IGW1701, or IGW707 for a module whose URL
 * does not tell the plugin. Warnings: IGW701 for a secret in plain text, IGW708 for what has no effect.
 */
export class WasmPlugin extends Construct {
  /** Name of the WasmPlugin. */
  public readonly name: string;
  /** Namespace of the WasmPlugin. */
  public readonly namespace: string;
  /** The WasmPlugin object. */
  public readonly object: ApiObject;

  public constructor(scope: Construct, id: string, props: WasmPluginProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    assertNoMistakes(this, checkWasmPlugin(this.name, this.namespace, props));
    const spec = specOf(props);
    const rules = props.matchRules ?? [];
    const ofPlugins = [props.plugin?._notices('plugin'), ...rules.map(({ plugin }, index) => plugin?._notices(`matchRules[${index}].plugin`))];
    [...noticesOfWasmPlugin(spec), ...ofPlugins.flatMap((notices) => notices ?? [])].forEach((notice) => warn(this, notice));
    warnOfPlainSecrets(this, 'spec', spec);
    const { labels, annotations } = props;
    const rendered = withSecrets(spec);
    this.object = kubeObject(this, 'Resource', wasmPluginManifest({ name: this.name, namespace: this.namespace, labels, annotations }, rendered));
    joinChain(this, this.namespace, chainedPlugin(this.name, rendered), props.plugin?.id);
  }
}

/** The spec of the WasmPlugin; secrets are still `SecretText`. */
function specOf(props: WasmPluginProps): WasmPluginShape {
  const { plugin } = props;
  const url = props.url ?? plugin?.url;
  return compact({
    url: url?.url,
    sha256: props.sha256 ?? url?.sha256,
    verificationKey: props.verificationKey,
    imagePullPolicy: props.imagePullPolicy,
    imagePullSecret: props.imagePullSecret,
    pluginName: props.pluginName,
    phase: props.phase ?? plugin?.phase,
    priority: props.priority ?? plugin?.priority,
    failStrategy: props.failStrategy ?? plugin?.failStrategy,
    vmConfig: props.env && {
      env: props.env.map(({ name, value, fromHost }) => compact({ name, value, valueFrom: fromHost ? 'HOST' as const : undefined })),
    },
    pluginConfig: props.pluginConfig,
    defaultConfig: props.defaultConfig ?? (props.pluginConfig === undefined ? plugin?.config : undefined),
    defaultConfigDisable: props.defaultConfigDisable,
    matchRules: props.matchRules?.map(({ ingress, domain, service, routeType, config, configDisable, plugin: ofRule }) => compact({
      ingress, domain, service, routeType, config: config ?? ofRule?.config, configDisable,
    })),
  });
}
