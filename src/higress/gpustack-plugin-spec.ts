import type { GpuStackPluginOptions } from './gpustack-options';
import type { GpuStackPlan } from './gpustack-plan';
import type { WasmPluginShape } from './manifests/wasm-plugin-manifest';
import type { ModelRouteBook } from './model-route/model-route-book';
import type { PluginProfile } from './releases';

/** The spec of one of GPUStack's WasmPlugins as its initialiser writes it; secrets are still `SecretText`. */
export function gpuStackPluginSpec(profile: PluginProfile, plan: GpuStackPlan, options: GpuStackPluginOptions = {}): WasmPluginShape {
  const path = ['wasm-plugins', encodeURIComponent(profile.plugin), encodeURIComponent(profile.version), 'plugin.wasm'].join('/');
  return {
    url: options.url?.url ?? `${plan.pluginServerUrl}/${path}`,
    sha256: options.sha256 ?? options.url?.sha256,
    imagePullPolicy: options.imagePullPolicy ?? (profile.pullPolicy ? 'UNSPECIFIED_POLICY' : undefined),
    phase: profile.phase,
    priority: profile.priority,
    failStrategy: 'FAIL_OPEN',
    defaultConfig: profile.config(plan),
    defaultConfigDisable: false,
    matchRules: profile.matchRules?.(plan),
  };
}

/** The spec with what model routes add to it, as GPUStack does at run time. */
export function withModelRoutes(name: string, spec: WasmPluginShape, routes: ModelRouteBook): WasmPluginShape {
  if (routes.isEmpty) return spec;
  const rules = [...spec.matchRules ?? [], ...rulesFor(name, routes)];
  return {
    ...spec,
    defaultConfig: configWith(name, spec.defaultConfig, routes),
    matchRules: rules.length > 0 || spec.matchRules ? rules : undefined,
  };
}

function rulesFor(name: string, routes: ModelRouteBook): NonNullable<WasmPluginShape['matchRules']> {
  switch (name) {
    case 'gpustack-ai-proxy': return routes.aiProxyRules();
    case 'gpustack-model-mapper': return routes.modelMapperRules();
    case 'gpustack-llm-ext-auth': return routes.extAuthRules();
    default: return [];
  }
}

function configWith(name: string, config: Record<string, unknown>, routes: ModelRouteBook): Record<string, unknown> {
  const providers = routes.providers();
  if (name === 'gpustack-ai-proxy' && providers.length > 0) return { ...config, providers };
  if (name === 'gpustack-model-router' && 'aliasNameMapping' in config) return { ...config, aliasNameMapping: routes.aliases() };
  return config;
}
