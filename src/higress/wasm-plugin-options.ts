import type { HigressPlugin } from './higress-plugin';

/** Where in the chain of filters a plugin stands. The gateway runs the phases in this order, `UNSPECIFIED` last. */
export enum WasmPluginPhase {
  /** Before Istio's authentication filters. */
  AUTHN = 'AUTHN',
  /** After authentication, before Istio's authorization filters. */
  AUTHZ = 'AUTHZ',
  /** After authorization, before Istio's statistics filters. */
  STATS = 'STATS',
  /** At the end of the chain, right before the router. */
  UNSPECIFIED = 'UNSPECIFIED_PHASE',
}

/** What happens to requests when a plugin cannot be loaded or crashes. It says nothing of a service that the plugin calls and cannot reach. */
export enum WasmPluginFailStrategy {
  /** Requests are answered with 5xx. */
  FAIL_CLOSE = 'FAIL_CLOSE',
  /** Requests go on without the plugin: without authentication, where the plugin authenticates. */
  FAIL_OPEN = 'FAIL_OPEN',
}

/** When the gateway pulls the image of a plugin. Only images of an OCI registry that are referred to by tag are affected. */
export enum WasmPluginPullPolicy {
  /** The default, written out: `ALWAYS` for the tag `latest`, else `IF_NOT_PRESENT`. */
  UNSPECIFIED = 'UNSPECIFIED_POLICY',
  /** Once. */
  IF_NOT_PRESENT = 'IfNotPresent',
  /** Whenever the plugin is applied. */
  ALWAYS = 'Always',
}

/** Which routes a match rule is for. */
export enum WasmPluginRouteType {
  HTTP = 'HTTP',
  GRPC = 'GRPC',
}

/** An environment variable of a plugin's virtual machine. */
export interface WasmPluginEnv {
  /** Name of the variable. */
  readonly name: string;

  /**
   * Its value.
   *
   * @default - empty, or the gateway's with `fromHost`
   */
  readonly value?: string;

  /**
   * Takes the value of the gateway container's variable of this name. A Secret mounted there as a variable reaches the plugin this way.
   *
   * @default false
   */
  readonly fromHost?: boolean;
}

/**
 * A configuration for some of the requests. Higress takes the first rule that matches, and the default configuration when none does.
 *
 * Conditions of one kind are alternatives. `ingress` and `service` together must both match; `domain` stands alone.
 */
export interface WasmPluginMatchRule {
  /**
   * Names of Ingresses: `name` for one in the namespace of Higress, else `namespace/name`.
   *
   * @default - none
   */
  readonly ingress?: string[];

  /**
   * Host names of requests; `*.example.com` matches every name below `example.com`.
   *
   * @default - none
   */
  readonly domain?: string[];

  /**
   * Services that requests go to: `model.static`, `model.static:80`, `service.namespace.svc.cluster.local`. They are known only after
   * routing, so plugins that change the route are not matched by the service it changes to.
   *
   * @default - none
   */
  readonly service?: string[];

  /**
   * Whether `ingress` names HTTP or gRPC routes.
   *
   * @default - absent, which means HTTP
   */
  readonly routeType?: WasmPluginRouteType;

  /**
   * The plugin's configuration for these requests, in the words of the plugin. A `SecretText` may stand wherever text may.
   *
   * @default - that of `plugin`, else none: the plugin's own defaults
   */
  readonly config?: any;

  /**
   * The configuration as one of `HigressPlugin`, of the same plugin. `config` and it exclude each other.
   *
   * @default - `config` is used
   */
  readonly plugin?: HigressPlugin;

  /**
   * Ignores this rule. Requests that match it get the default configuration.
   *
   * @default - absent, which means false
   */
  readonly configDisable?: boolean;
}
