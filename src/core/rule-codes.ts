/** What a rule code stands for; `docs/rules.md` is generated from this table. */
export interface Rule {
  readonly title: string;
  /** What happens in a cluster when the mistake is applied. */
  readonly breaks: string;
  /** The upstream document, source or issue the rule comes from. */
  readonly source: string;
}

const AIRUNWAY_WEBHOOK = 'ai-runway/airunway controller/internal/webhook/v1alpha1/modeldeployment_webhook.go';
const AIRUNWAY_RECONCILER = 'ai-runway/airunway controller/internal/controller/gateway_reconciler.go';
const AIRUNWAY_PROVIDERS = 'ai-runway/airunway providers/*/transformer.go';
const GATEWAY_API = 'Gateway API specification, gateway.networking.k8s.io/v1';
const HIGRESS = 'alibaba/higress v2.2.1 ';
const GAIE = 'Gateway API Inference Extension specification, inference.networking.k8s.io/v1';
const GPUSTACK_ROUTES = 'gpustack/gpustack gpustack/schemas/model_routes.py';
const GPUSTACK_CONFIG = 'gpustack/gpustack gpustack/config/config.py';

const LIBRARY_FLEET = 'docs/fleet.md of this library: what a folder of generated files needs to stay in step with its models';

export const RULES = {
  IGW101: {
    title: 'a name is not a valid Kubernetes name',
    breaks: 'the API server refuses the object or one derived from it',
    source: 'Kubernetes object names (RFC 1123, RFC 1035)',
  },
  IGW102: {
    title: 'a name is too long for what is derived from it',
    breaks: 'the endpoint picker label or the Service is refused after half of the objects exist',
    source: AIRUNWAY_RECONCILER,
  },
  IGW103: {
    title: 'two constructs render the same object',
    breaks: 'the last one applied wins, silently',
    source: 'cdk8s-team/cdk8s#2496',
  },
  IGW104: {
    title: 'one model is rendered both statically and for a controller',
    breaks: 'the live controller fails on the workload, adopts the endpoint picker, and deletes by name whatever it thinks is its own',
    source: AIRUNWAY_RECONCILER,
  },
  IGW105: {
    title: 'a rule of the graph is muted without a reason, or is none',
    breaks: 'nothing; but nobody knows later why the finding is none',
    source: 'this library',
  },
  IGW201: {
    title: 'a field has a value its schema does not know',
    breaks: 'the API server refuses the ModelDeployment',
    source: 'airunway.ai/v1alpha1 ModelDeployment CustomResourceDefinition',
  },
  IGW202: {
    title: 'a required field is missing',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW203: {
    title: 'two fields contradict each other',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW204: {
    title: 'a resource request is over the ceiling or not a quantity',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW205: {
    title: 'a provider override touches a protected field',
    breaks: 'the admission webhook or the provider refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW206: {
    title: 'a storage volume cannot be mounted or created as written',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW207: {
    title: 'the routed model name is not known',
    breaks: 'the HTTPRoute header match is empty and the API server refuses the route',
    source: AIRUNWAY_RECONCILER,
  },
  IGW208: {
    title: 'an engine flag is set twice, reserved or malformed',
    breaks: 'the engine stops at start, or listens where neither Service nor probes look',
    source: AIRUNWAY_PROVIDERS,
  },
  IGW209: {
    title: 'an environment variable is set twice or twice over',
    breaks: 'the provider fails on the duplicate key, or the API server refuses value together with valueFrom',
    source: AIRUNWAY_PROVIDERS,
  },
  IGW210: {
    title: 'the model may not do what was asked for',
    breaks: 'the admission webhook warns, the setting is ignored or weakens security',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW211: {
    title: 'neither engine nor provider decides how the model is served',
    breaks: 'auto-selection picks llama.cpp on KAITO, which needs an image, and the ModelDeployment fails',
    source: AIRUNWAY_RECONCILER,
  },
  IGW301: {
    title: 'the provider cannot serve this engine, mode or hardware',
    breaks: 'the admission webhook or the provider refuses the ModelDeployment',
    source: 'ai-runway/airunway controller/internal/validation/compatibility.go',
  },
  IGW302: {
    title: 'an InferenceProviderConfig is admitted but cannot work',
    breaks: 'nothing checks it in a cluster: the rule is skipped, or the route points at a pool that never exists',
    source: 'ai-runway/airunway controller/api/v1alpha1/inferenceproviderconfig_types.go',
  },
  IGW401: {
    title: 'a listener is not valid',
    breaks: 'the API server refuses the Gateway, or the listener is never programmed',
    source: GATEWAY_API,
  },
  IGW402: {
    title: 'the gateway implementation cannot do this',
    breaks: 'the object is accepted and traffic fails',
    source: GAIE,
  },
  IGW403: {
    title: 'two models of one Gateway answer to the same name',
    breaks: 'the Gateway picks one of the two routes, silently',
    source: GATEWAY_API,
  },
  IGW404: {
    title: 'several models, no body-based router',
    breaks: 'a client that does not set the model header itself gets 404',
    source: 'Gateway API Inference Extension, body-based routing guide',
  },
  IGW405: {
    title: 'a model has no Gateway',
    breaks: 'its workload runs, and nothing routes to it',
    source: AIRUNWAY_RECONCILER,
  },
  IGW410: {
    title: 'two routes of one Gateway answer to the same path',
    breaks: 'the Gateway picks one of the two routes, silently: clients see the models of one pool only',
    source: GATEWAY_API,
  },
  IGW411: {
    title: 'the timeout of a route is not in effect',
    breaks: 'requests end after the timeout of the GCPBackendPolicy of the pool, 30 seconds where there is none',
    source: 'kserve/kserve#5311; GKE, "Configure Gateway resources using Policies"',
  },
  IGW501: {
    title: 'an InferencePool is not valid',
    breaks: 'the API server refuses the pool, or it selects no pod',
    source: GAIE,
  },
  IGW502: {
    title: 'a route is not valid',
    breaks: 'the API server refuses the route, or it never matches',
    source: GATEWAY_API,
  },
  IGW503: {
    title: 'the endpoint picker is not valid',
    breaks: 'the endpoint picker stops at start and every request answers 500',
    source: 'Gateway API Inference Extension, endpoint picker flags and configuration',
  },
  IGW504: {
    title: 'the endpoint picker does not take a flag',
    breaks: 'the endpoint picker exits at start, or ignores the flag, and every request answers 500',
    source: 'pkg/epp/server/options.go of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW505: {
    title: 'the configuration of the endpoint picker is not valid',
    breaks: 'the endpoint picker exits at start and every request answers 500',
    source: 'pkg/epp/config/loader of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW506: {
    title: 'the endpoint picker does not have a plugin',
    breaks: 'the endpoint picker exits at start: the plugin type is not registered',
    source: 'cmd/epp/runner/runner.go of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW507: {
    title: 'the configuration is written for another build of the endpoint picker',
    breaks: 'the endpoint picker decodes it strictly and exits at start',
    source: 'apix/config/v1alpha1 of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW508: {
    title: 'a setting of the endpoint picker has no effect, or less than it seems',
    breaks: 'requests are served, without what the setting asks for',
    source: 'pkg/epp/config/loader of the Gateway API Inference Extension and of the llm-d router',
  },
  IGW509: {
    title: 'an InferenceObjective, InferenceModelRewrite or LoRA adapter map is not valid',
    breaks: 'the API server refuses it, or requests go where they should not',
    source: 'Gateway API Inference Extension specification, inference.networking.x-k8s.io/v1alpha2',
  },
  IGW510: {
    title: 'a ReferenceGrant is not valid',
    breaks: 'the API server refuses it, and routes that rely on it answer 500',
    source: GATEWAY_API,
  },
  IGW601: {
    title: 'a manifest cannot be read',
    breaks: 'nothing can be rendered from it',
    source: 'YAML 1.2, Kubernetes API conventions',
  },
  IGW602: {
    title: 'a CustomResourceDefinition cannot be loaded',
    breaks: 'nothing can be rendered from it',
    source: 'Kubernetes CustomResourceDefinition, apiextensions.k8s.io/v1',
  },
  IGW603: {
    title: 'an object of the input has the name of one that would be rendered',
    breaks: 'a live controller fails with ResourceConflict on a workload, adopts an endpoint picker, and overwrites a route',
    source: AIRUNWAY_RECONCILER,
  },
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
    title: 'the fallback of a model route is the route itself',
    breaks: 'a request that failed is sent to the same servers again, and its client waits twice',
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
  IGW801: {
    title: 'two models of a fleet are one',
    breaks: 'both would be written to one file, and the last one would win',
    source: LIBRARY_FLEET,
  },
  IGW802: {
    title: 'a team or cluster is no name of a file',
    breaks: 'files would be written somewhere else, or two teams would share a folder',
    source: LIBRARY_FLEET,
  },
  IGW803: {
    title: 'a file is in the way that the fleet did not write',
    breaks: 'what somebody wrote there would be lost',
    source: LIBRARY_FLEET,
  },
  IGW804: {
    title: 'a fleet without models would delete all of its files',
    breaks: 'a GitOps tool that prunes takes every model out of service',
    source: LIBRARY_FLEET,
  },
  IGW805: {
    title: 'a catalogue cannot be read',
    breaks: 'models would be left out, or rendered otherwise than meant',
    source: LIBRARY_FLEET,
  },
  IGW806: {
    title: 'a fleet is not written',
    breaks: 'its models are in no file, while their Gateway waits for them',
    source: LIBRARY_FLEET,
  },
  IGW807: {
    title: 'an Argo CD ApplicationSet of a fleet is not valid',
    breaks: 'Argo CD makes no Applications, or one for the wrong folder',
    source: 'argoproj/argo-cd docs/operator-manual/applicationset',
  },
} as const satisfies Record<string, Rule>;

export type RuleCode = keyof typeof RULES;
