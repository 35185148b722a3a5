import type { Rule } from './rule';

const HIGRESS = 'alibaba/higress v2.2.1 ';
const GPUSTACK_ROUTES = 'gpustack/gpustack gpustack/schemas/model_routes.py';
const GPUSTACK_CONFIG = 'gpustack/gpustack gpustack/config/config.py';

/** Rules about Higress and GPUStack. */
export const HIGRESS_RULES = {
  IGW701: {
    title: 'a secret stands in the manifests in plain text',
    breaks: 'whoever reads the repository, the object or a log of either has the secret',
    source: 'Kubernetes, good practices for Secrets',
  },
  IGW702: {
    title: 'a secret is given in a way that cannot work',
    breaks: 'the secret itself lands in the manifests, or the plugin gets the reference in place of the secret',
    source: HIGRESS + 'pkg/ingress/config/ingress_template.go',
  },
  IGW703: {
    title: 'a WasmPlugin is not valid',
    breaks: 'the API server or Higress refuses the plugin, and requests pass without it',
    source: HIGRESS + 'pkg/ingress/config/ingress_config.go; Istio pkg/config/validation',
  },
  IGW704: {
    title: 'a service registry is not valid',
    breaks: 'Higress leaves the service out, and requests to it answer 503',
    source: HIGRESS + 'registry',
  },
  IGW705: {
    title: 'a header transformation is not valid',
    breaks: 'the transformer refuses its whole configuration, or skips the rule',
    source: HIGRESS + 'plugins/wasm-go/extensions/transformer/main.go',
  },
  IGW706: {
    title: "a plugin's configuration is not valid",
    breaks: 'the plugin refuses its configuration: requests fail, or pass without it, as its fail strategy says',
    source: HIGRESS + 'plugins, the configuration parser of each',
  },
  IGW707: {
    title: 'plugins run in an order that does not work',
    breaks: 'a plugin decides before what it decides on is known, or is never asked',
    source: 'alibaba/higress#4610, alibaba/higress#3571, alibaba/higress#1424',
  },
  IGW708: {
    title: 'a setting of a plugin has no effect, or another one than it seems',
    breaks: 'requests are served, without what the setting asks for',
    source: HIGRESS + 'pkg/ingress/config/ingress_config.go, and the configuration parser of the plugin',
  },
  IGW730: {
    title: 'a worker has no embedded gateway',
    breaks: 'GPUStack does not start',
    source: GPUSTACK_CONFIG,
  },
  IGW731: {
    title: 'the server of plugin modules is not valid',
    breaks: 'GPUStack does not start, or the gateway downloads no plugin and serves models without authentication',
    source: GPUSTACK_CONFIG,
  },
  IGW732: {
    title: 'only a running server can tell the mode of its gateway',
    breaks: 'the objects are those of another mode, and the gateway does not reach the server',
    source: GPUSTACK_CONFIG,
  },
  IGW733: {
    title: 'a content type is not supported by the statistics plugin',
    breaks: 'GPUStack does not start its gateway',
    source: 'gpustack/gpustack gpustack/gateway/__init__.py',
  },
  IGW734: {
    title: 'an address of the GPUStack server is not valid',
    breaks: 'Higress leaves the registry out: authentication fails, and the server answers 503',
    source: GPUSTACK_CONFIG + '; alibaba/higress registry/direct/watcher.go',
  },
  IGW735: {
    title: "an option of GPUStack's plugins is not valid",
    breaks: 'GPUStack does not start its gateway, or writes something else than Git at each start',
    source: 'gpustack/gpustack gpustack/gateway/ext_auth.py, gpustack/gateway/plugins.py',
  },
  IGW736: {
    title: 'a certificate is not valid for its gateway',
    breaks: 'clients refuse the connection',
    source: 'Kubernetes Ingress, TLS; RFC 5280',
  },
  IGW737: {
    title: 'higress-config cannot be written',
    breaks: "GPUStack crashes at its start, or Higress keeps its old settings: idle connections are cut after Higress' own timeouts",
    source: 'gpustack/gpustack gpustack/gateway/__init__.py; alibaba/higress pkg/ingress/kube/configmap',
  },
  IGW738: {
    title: 'what GPUStack writes at run time is declared',
    breaks: 'applying again wipes the registries and routes of a live gateway',
    source: 'gpustack/gpustack gpustack/gateway/utils.py',
  },
  IGW739: {
    title: "a secret of GPUStack's plugins is not the server's",
    breaks: 'the server refuses every request of the gateway, or GPUStack and Git overwrite each other',
    source: GPUSTACK_CONFIG,
  },
  IGW740: {
    title: 'GPUStack writes another plugin URL at its start',
    breaks: 'GPUStack and Git overwrite each other, and plugins are loaded again each time',
    source: GPUSTACK_CONFIG,
  },
  IGW741: {
    title: 'a McpBridge is not valid',
    breaks: 'Higress leaves registries out, and requests to their services answer 503',
    source: 'alibaba/higress registry, pkg/ingress/config/ingress_config.go',
  },
  IGW742: {
    title: 'a plugin clashes with one of GPUStack',
    breaks: 'one of the two is lost, or which one decides is left to chance',
    source: 'gpustack/gpustack gpustack/gateway/__init__.py',
  },
  IGW760: {
    title: 'a name of a model route is not valid',
    breaks: 'the API server refuses the Ingress, or the route never matches',
    source: GPUSTACK_ROUTES,
  },
  IGW761: {
    title: 'a weight of a model route is not valid',
    breaks: 'requests are spread in another way, or Higress ignores the destinations',
    source: 'gpustack/gpustack gpustack/gateway/utils.py, hamilton_calculate_weight',
  },
  IGW762: {
    title: 'a model route leads nowhere',
    breaks: 'every request to the model answers 503',
    source: 'gpustack/gpustack gpustack/server/controllers.py, sync_gateway',
  },
  IGW763: {
    title: 'two models, providers, routes or destinations cannot be told apart',
    breaks: 'requests to one of the two go to the other, silently',
    source: 'gpustack/gpustack gpustack/gateway/utils.py, gpustack/server/controllers.py',
  },
  IGW764: {
    title: 'the fallback of a model route is the server it comes from',
    breaks: 'a request that failed is sent to the same server again, and its client waits twice',
    source: 'gpustack/gpustack gpustack/server/controllers.py, sync_gateway',
  },
  IGW765: {
    title: 'a destination has no registry at the gateway of its route',
    breaks: 'requests to it answer 503',
    source: HIGRESS + 'registry',
  },
  IGW766: {
    title: 'a gateway takes no model routes from Git',
    breaks: 'the GPUStack server removes the routes, or the servers refuse requests without their token',
    source: 'gpustack/gpustack gpustack/server/controllers.py, gpustack/gateway/utils.py, the clean-up at start',
  },
  IGW767: {
    title: 'a provider of models is not valid',
    breaks: 'Higress or ai-proxy refuses the provider, and requests to it fail',
    source: 'gpustack/gpustack gpustack/schemas/model_provider.py; alibaba/higress plugins/wasm-go/extensions/ai-proxy',
  },
  IGW768: {
    title: 'a provider of models has no token yet',
    breaks: 'the provider refuses every request',
    source: HIGRESS + 'plugins/wasm-go/extensions/ai-proxy',
  },
  IGW769: {
    title: 'the fallback of a model route never comes',
    breaks: 'clients get the error of the first server, as if there were no fallback',
    source: HIGRESS + 'pkg/ingress/kube/common/tool.go, GenerateUniqueRouteName; Istio EnvoyFilter, namespaces',
  },
  IGW770: {
    title: 'a server of a model gets no requests',
    breaks: 'the server idles',
    source: 'gpustack/gpustack gpustack/gateway/utils.py, hamilton_calculate_weight',
  },
  IGW771: {
    title: 'a model behind Higress is not valid',
    breaks: 'requests to the model answer 503, or never reach its adapters',
    source: 'gpustack/gpustack gpustack/gateway/utils.py, model_instance_registry',
  },
} as const satisfies Record<string, Rule>;
