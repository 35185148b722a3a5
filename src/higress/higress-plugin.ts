import type { Mistake } from '../core';
import {
  aiCache, AiCacheOptions, AiLoadBalancing, aiPromptDecorator, AiPromptDecoratorOptions, aiPromptTemplate, AiPromptTemplateOptions, aiProxy,
  AiProxyOptions, aiQuota, AiQuotaOptions, aiSecurityGuard, AiSecurityGuardOptions, aiStatistics, AiStatisticsOptions, aiTokenRateLimit,
  AiTokenRateLimitOptions, cors, CorsOptions, extAuth, ExtAuthOptions, ipRestriction, IpRestrictionOptions, keyAuth, KeyAuthOptions, keyAuthRule,
  mcpServer, McpServerOptions, modelMapper, ModelMapperOptions, modelRouter, ModelRouterOptions, PluginData, setHeaderPreRoute,
  SetHeaderPreRouteOptions, tokenUsage, TokenUsageOptions, transformer, TransformerOptions,
} from './plugins';
import { WasmPluginFailStrategy, WasmPluginPhase } from './wasm-plugin-options';
import { WasmPluginUrl } from './wasm-plugin-url';

/** Options of a plugin that the catalogue does not know. */
export interface CustomPluginOptions {
  /** Where its module is. */
  readonly url: WasmPluginUrl;

  /**
   * Its configuration, in its own words. A `SecretText` may stand wherever text may.
   *
   * @default {}
   */
  readonly config?: any;

  /**
   * Phase of the chain.
   *
   * @default WasmPluginPhase.UNSPECIFIED
   */
  readonly phase?: WasmPluginPhase;

  /**
   * Priority in the phase; higher ones run first.
   *
   * @default 0
   */
  readonly priority?: number;

  /**
   * What happens to requests when it cannot be loaded.
   *
   * @default WasmPluginFailStrategy.FAIL_CLOSE, as Higress does
   */
  readonly failStrategy?: WasmPluginFailStrategy;
}

/**
 * The catalogue of plugins: each with a typed configuration, and with what it brings along: where its module is, its phase, priority and
 * fail strategy. Plugins that requests must not pass without (authentication, quotas, guards) fail closed, the others open.
 *
 * It is plain data: `new WasmPlugin(this, 'key-auth', { plugin: HigressPlugin.keyAuth({ … }) })` renders it, and `plugin` of a match rule
 * takes it for some of the requests. What a plugin has no factory for, `custom` takes as it is.
 *
 * Modules are of Higress' own registry, in the version that the console of Higress 2.2.1 installs; `url` of `WasmPlugin` names another one.
 * Source: the configuration parser of each plugin in alibaba/higress v2.2.1 plugins, and spec.yaml of higress-group/higress-console v2.2.1.
 *
 * Errors, raised by `WasmPlugin`: IGW702 for secrets, IGW705 for transformations, IGW706 for the rest. Warnings: IGW701, IGW708.
 */
export class HigressPlugin {
  /** `ext-auth`: a service decides who may call. AUTHN 360. */
  public static extAuth(options: ExtAuthOptions): HigressPlugin {
    return new HigressPlugin(extAuth(options));
  }

  /** `key-auth`: callers have keys. AUTHN 310. */
  public static keyAuth(options: KeyAuthOptions): HigressPlugin {
    return new HigressPlugin(keyAuth(options));
  }

  /** `key-auth` in a match rule: which of the consumers may call. */
  public static keyAuthRule(allow: string[]): HigressPlugin {
    return new HigressPlugin(keyAuthRule(allow));
  }

  /** `ip-restriction`: which addresses may call. AUTHN 210. */
  public static ipRestriction(options: IpRestrictionOptions): HigressPlugin {
    return new HigressPlugin(ipRestriction(options));
  }

  /** `cors`: which pages of browsers may call. AUTHZ 340. */
  public static cors(options: CorsOptions = {}): HigressPlugin {
    return new HigressPlugin(cors(options));
  }

  /** `model-router`: copies the model's name of requests to a header that routes match on. AUTHN 900. */
  public static modelRouter(options: ModelRouterOptions = {}): HigressPlugin {
    return new HigressPlugin(modelRouter(options));
  }

  /** `model-mapper`: what the model server calls the models. AUTHN 800. */
  public static modelMapper(options: ModelMapperOptions = {}): HigressPlugin {
    return new HigressPlugin(modelMapper(options));
  }

  /** `transformer`: changes headers, query and bodies. AUTHN 410. */
  public static transformer(options: TransformerOptions): HigressPlugin {
    return new HigressPlugin(transformer(options));
  }

  /** `ai-load-balancer`: which endpoint, or which service, gets a request. AUTHN 901. */
  public static aiLoadBalancer(balancing: AiLoadBalancing): HigressPlugin {
    return new HigressPlugin(balancing._plugin());
  }

  /** `ai-proxy`: model servers, their tokens and their APIs. UNSPECIFIED 100. */
  public static aiProxy(options: AiProxyOptions): HigressPlugin {
    return new HigressPlugin(aiProxy(options));
  }

  /** `ai-statistics`: numbers of tokens, times and attributes in metrics, logs and traces. UNSPECIFIED 900. */
  public static aiStatistics(options: AiStatisticsOptions = {}): HigressPlugin {
    return new HigressPlugin(aiStatistics(options));
  }

  /** `ai-token-ratelimit`: how many tokens may be used in a time. UNSPECIFIED 600. */
  public static aiTokenRateLimit(options: AiTokenRateLimitOptions): HigressPlugin {
    return new HigressPlugin(aiTokenRateLimit(options));
  }

  /** `ai-quota`: how many tokens may be used at all. UNSPECIFIED 750. */
  public static aiQuota(options: AiQuotaOptions): HigressPlugin {
    return new HigressPlugin(aiQuota(options));
  }

  /** `ai-cache`: answers that are given again. UNSPECIFIED 800. */
  public static aiCache(options: AiCacheOptions): HigressPlugin {
    return new HigressPlugin(aiCache(options));
  }

  /** `ai-security-guard`: content moderation of Alibaba Cloud. UNSPECIFIED 300. */
  public static aiSecurityGuard(options: AiSecurityGuardOptions): HigressPlugin {
    return new HigressPlugin(aiSecurityGuard(options));
  }

  /** `ai-prompt-decorator`: messages around those of requests. UNSPECIFIED 450. */
  public static aiPromptDecorator(options: AiPromptDecoratorOptions): HigressPlugin {
    return new HigressPlugin(aiPromptDecorator(options));
  }

  /** `ai-prompt-template`: requests that clients fill in. UNSPECIFIED 500. */
  public static aiPromptTemplate(options: AiPromptTemplateOptions): HigressPlugin {
    return new HigressPlugin(aiPromptTemplate(options));
  }

  /** `mcp-server`: tools for models, made of REST APIs or of another MCP server. UNSPECIFIED 999. */
  public static mcpServer(options: McpServerOptions): HigressPlugin {
    return new HigressPlugin(mcpServer(options));
  }

  /** `gpustack-set-header-pre-route` of GPUStack: names of route and cluster as headers. AUTHN 90. */
  public static headerPreRoute(options: SetHeaderPreRouteOptions): HigressPlugin {
    return new HigressPlugin(setHeaderPreRoute(options));
  }

  /** `gpustack-token-usage` of GPUStack: numbers of tokens, sent to its server. UNSPECIFIED 400. */
  public static tokenUsage(options: TokenUsageOptions): HigressPlugin {
    return new HigressPlugin(tokenUsage(options));
  }

  /** A plugin that the catalogue does not know, or a build of your own. @param id what the plugin is called, `my-plugin` */
  public static custom(id: string, options: CustomPluginOptions): HigressPlugin {
    return new HigressPlugin({
      id,
      url: options.url,
      config: options.config ?? {},
      phase: options.phase ?? WasmPluginPhase.UNSPECIFIED,
      priority: options.priority ?? 0,
      failStrategy: options.failStrategy ?? WasmPluginFailStrategy.FAIL_CLOSE,
      mistakes: [],
      notices: [],
    });
  }

  /** What the plugin is called: `key-auth`. */
  public readonly id: string;
  /** Where its module is. */
  public readonly url: WasmPluginUrl;
  /** Its configuration, in its own words; secrets are `SecretText`. */
  public readonly config: any;
  /** Phase of the chain. */
  public readonly phase: WasmPluginPhase;
  /** Priority in the phase; higher ones run first. */
  public readonly priority: number;
  /** What happens to requests when it cannot be loaded. */
  public readonly failStrategy: WasmPluginFailStrategy;
  private readonly mistakes: readonly Mistake[];
  private readonly notices: readonly Mistake[];

  private constructor(data: PluginData) {
    this.id = data.id;
    this.url = data.url;
    this.config = data.config;
    this.phase = data.phase;
    this.priority = data.priority;
    this.failStrategy = data.failStrategy;
    this.mistakes = data.mistakes;
    this.notices = data.notices;
  }

  /**
   * What is wrong with the configuration, by fields below that of the plugin.
   *
   * @internal
   */
  public _mistakes(field: string): Mistake[] {
    return this.mistakes.map((mistake) => ({ ...mistake, field: `${field}.${mistake.field}` }));
  }

  /**
   * What of the configuration has no effect.
   *
   * @internal
   */
  public _notices(field: string): Mistake[] {
    return this.notices.map((notice) => ({ ...notice, field: `${field}.${notice.field}` }));
  }
}
