import type { Mistake } from '../../core';
import { PINS } from '../../versions';
import { WasmPluginFailStrategy, WasmPluginPhase } from '../wasm-plugin-options';
import { WasmPluginUrl } from '../wasm-plugin-url';

/** What a `HigressPlugin` is made of. */
export interface PluginData {
  readonly id: string;
  readonly url: WasmPluginUrl;
  readonly config: any;
  readonly phase: WasmPluginPhase;
  readonly priority: number;
  readonly failStrategy: WasmPluginFailStrategy;
  /** Fields are those of the configuration. */
  readonly mistakes: readonly Mistake[];
  readonly notices: readonly Mistake[];
}

/** Where a plugin stands when nothing else is said. */
export interface PluginPlace {
  readonly phase: WasmPluginPhase;
  readonly priority: number;
  /** Whether requests must not pass without it. */
  readonly guards: boolean;
}

const { AUTHN, AUTHZ, UNSPECIFIED } = WasmPluginPhase;

/**
 * The places of the catalogue's plugins. Those of upstream are of `spec.yaml` of higress-group/higress-console v2.2.1, but for
 * ai-load-balancer, which upstream moved from the end of the chain to AUTHN 901 (higress-console#777), since there every request is
 * answered with 404. Those of GPUStack are of gpustack/gateway/__init__.py.
 */
export const PLACES = {
  'ext-auth': { phase: AUTHN, priority: 360, guards: true },
  'key-auth': { phase: AUTHN, priority: 310, guards: true },
  'ip-restriction': { phase: AUTHN, priority: 210, guards: true },
  'ai-load-balancer': { phase: AUTHN, priority: 901, guards: false },
  'model-router': { phase: AUTHN, priority: 900, guards: false },
  'model-mapper': { phase: AUTHN, priority: 800, guards: false },
  'transformer': { phase: AUTHN, priority: 410, guards: false },
  'gpustack-set-header-pre-route': { phase: AUTHN, priority: 90, guards: false },
  'cors': { phase: AUTHZ, priority: 340, guards: false },
  'mcp-server': { phase: UNSPECIFIED, priority: 999, guards: false },
  'ai-statistics': { phase: UNSPECIFIED, priority: 900, guards: false },
  'ai-cache': { phase: UNSPECIFIED, priority: 800, guards: false },
  'ai-quota': { phase: UNSPECIFIED, priority: 750, guards: true },
  'ai-token-ratelimit': { phase: UNSPECIFIED, priority: 600, guards: true },
  'ai-prompt-template': { phase: UNSPECIFIED, priority: 500, guards: false },
  'ai-prompt-decorator': { phase: UNSPECIFIED, priority: 450, guards: false },
  'gpustack-token-usage': { phase: UNSPECIFIED, priority: 400, guards: false },
  'ai-security-guard': { phase: UNSPECIFIED, priority: 300, guards: true },
  'ai-proxy': { phase: UNSPECIFIED, priority: 100, guards: false },
} as const satisfies Record<string, PluginPlace>;

export type CataloguePluginId = keyof typeof PLACES;

const REGISTRY = 'higress-registry.cn-hangzhou.cr.aliyuncs.com/plugins';

/** A plugin of the catalogue, with a configuration that is checked. */
export function pluginData(id: CataloguePluginId, config: object, findings: PluginFindings = {}, url?: WasmPluginUrl): PluginData {
  const { phase, priority, guards } = PLACES[id];
  return {
    id,
    url: url ?? WasmPluginUrl.oci(`${REGISTRY}/${id}`, { tag: PINS.higressPlugins }),
    config,
    phase,
    priority,
    failStrategy: guards ? WasmPluginFailStrategy.FAIL_CLOSE : WasmPluginFailStrategy.FAIL_OPEN,
    mistakes: findings.mistakes ?? [],
    notices: findings.notices ?? [],
  };
}

/** What was found in a configuration. */
export interface PluginFindings {
  readonly mistakes?: readonly Mistake[];
  readonly notices?: readonly Mistake[];
}
