import { compact, Manifest } from '../../core';
import { MCP_BRIDGE_NAME } from '../manifests/mcp-bridge-manifest';
import { MANAGED } from '../manifests/mirror-ingress-manifest';

/** One service that an Ingress of a route sends requests to. */
export interface RouteShare {
  readonly percentage: number;
  /** `model-1-1.static:80`. */
  readonly destination: string;
}

export interface RouteIngressPlan {
  readonly name: string;
  readonly namespace: string;
  readonly ingressClass: string;
  /** The model that clients ask for. */
  readonly modelName: string;
  readonly shares: readonly RouteShare[];
  /** The Ingress whose answers this one takes over. */
  readonly fallbackOf?: string;
  readonly genericProxy: boolean;
  readonly hostname?: string;
  readonly tlsSecretName?: string;
}

const FALLBACK_HEADER = 'x-higress-fallback-from';

/** Name of the Ingress, of the EnvoyFilter beside it, and of the Envoy route. */
export function routeIngressName(id: string): string {
  return `ai-route-route-${id}.internal`;
}

export function fallbackIngressName(id: string): string {
  return `ai-route-route-${id}.fallback.internal`;
}

/** Source: gpustack/gpustack gpustack/gateway/utils.py, generate_model_ingress. */
export function routeIngressManifest(plan: RouteIngressPlan): Manifest {
  const { hostname, tlsSecretName } = plan;
  const backend = { resource: { apiGroup: 'networking.higress.io', kind: 'McpBridge', name: MCP_BRIDGE_NAME } };
  const http = () => ({ paths: pathsOf(plan.genericProxy).map((path) => ({ path, pathType: 'ImplementationSpecific', backend })) });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name: plan.name,
      namespace: plan.namespace,
      labels: { ...MANAGED },
      annotations: {
        'higress.io/rewrite-target': '/$1$3',
        'higress.io/destination': plan.shares.map(({ percentage, destination }) => `${percentage}% ${destination}`).join('\n'),
        'higress.io/ignore-path-case': 'true',
        'higress.io/proxy-next-upstream-tries': '2',
        'higress.io/proxy-next-upstream': 'error,timeout,http_503,http_502,non_idempotent',
        'higress.io/exact-match-header-x-higress-llm-model': plan.modelName,
        ...(plan.fallbackOf === undefined ? {} : { [`higress.io/exact-match-header-${FALLBACK_HEADER}`]: plan.fallbackOf }),
      },
    },
    spec: compact({
      ingressClassName: plan.ingressClass,
      tls: tlsSecretName === undefined ? undefined : [compact({ hosts: hostname === undefined ? undefined : [hostname], secretName: tlsSecretName })],
      rules: [{ http: http() }, ...(hostname === undefined ? [] : [{ host: hostname, http: http() }])],
    }),
  };
}

const LEGACY = [
  '/chat/completions', '/completions', '/responses', '/embeddings',
  '/audio/transcriptions', '/audio/speech', '/images/generations', '/images/edits',
];
const OPENAI = ['/audio/translations', '/images/variations', '/moderations', '/score', '/rerank'];
const ANTHROPIC = ['/messages', '/messages/count_tokens', '/complete'];

/** Regular expressions of three groups each, for the rewrite to `/$1$3`: `-openai` goes, and the id of `/model/proxy/<id>` with it. */
function pathsOf(genericProxy: boolean): string[] {
  return [
    ...LEGACY.map((path) => `/(v1)(-openai)?(${path})`),
    ...OPENAI.map((path) => `/(v1)()(${path})`),
    '/(v2)()(/rerank)',
    ...(genericProxy ? ['/()model/proxy/\\d+(/|$)(.*)', '/()model/proxy(/|$)(.*)'] : []),
    ...ANTHROPIC.map((path) => `/(v1)()(${path})`),
  ];
}

/**
 * Sends requests that the route answered with 4xx or 5xx through the gateway once more, with the header that the fallback's Ingress
 * matches.
 *
 * Source: gpustack/gpustack gpustack/gateway/client/networking_istio_io_v1alpha3_api.py, get_ingress_fallback_envoyfilter.
 */
export function fallbackFilterManifest(name: string, namespace: string): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name, namespace, labels: { ...MANAGED } },
    spec: {
      configPatches: [{
        applyTo: 'HTTP_ROUTE',
        match: { context: 'GATEWAY', routeConfiguration: { vhost: { route: { name } } } },
        patch: {
          operation: 'MERGE',
          value: {
            typed_per_filter_config: {
              'envoy.filters.http.custom_response': typed('envoy.extensions.filters.http.custom_response.v3.CustomResponse', {
                custom_response_matcher: { matcher_list: { matchers: [redirectOf(name)] } },
              }),
            },
          },
        },
      }],
    },
  };
}

function redirectOf(name: string): object {
  const from = header(FALLBACK_HEADER, name);
  return {
    on_match: {
      action: {
        name: 'action',
        typed_config: typed('envoy.extensions.http.custom_response.redirect_policy.v3.RedirectPolicy', {
          keep_original_response_code: false,
          max_internal_redirects: 10,
          only_redirect_upstream_code: false,
          request_headers_to_add: [from, header('x-gpustack-fallback-path', '%REQ(X-GPUSTACK-ORIGINAL-PATH)%')],
          response_headers_to_add: [from],
          use_original_request_body: true,
          use_original_request_uri: true,
        }),
      },
    },
    predicate: { or_matcher: { predicate: ['4xx', '5xx'].map(statusClass) } },
  };
}

function header(key: string, value: string): object {
  return { append: false, header: { key, value } };
}

function statusClass(exact: string): object {
  return {
    single_predicate: {
      input: {
        name: `${exact}_response`,
        typed_config: { '@type': 'type.googleapis.com/envoy.type.matcher.v3.HttpResponseStatusCodeClassMatchInput' },
      },
      value_match: { exact },
    },
  };
}

function typed(type: string, value: object): object {
  return { '@type': 'type.googleapis.com/udpa.type.v1.TypedStruct', 'type_url': `type.googleapis.com/${type}`, value };
}
