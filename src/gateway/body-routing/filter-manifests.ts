import { Manifest, MODEL_HEADER } from '../../core';

export interface FilterPlan {
  /** Name of the router, and of the object that plugs it in. */
  readonly name: string;
  /** Namespace of the router's Service. */
  readonly routerNamespace: string;
  /** Port of the router's Service. */
  readonly port: number;
  readonly gatewayName: string;
  /** Namespace of the Gateway: the filter must live there, elsewhere it is ignored in silence. */
  readonly gatewayNamespace: string;
}

export function envoyFilter({ name, routerNamespace, port, gatewayName, gatewayNamespace }: FilterPlan): Manifest {
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'EnvoyFilter',
    metadata: { name, namespace: gatewayNamespace },
    spec: {
      targetRefs: [gatewayRef(gatewayName)],
      configPatches: [{
        applyTo: 'HTTP_FILTER',
        match: { context: 'GATEWAY', listener: { filterChain: { filter: { name: 'envoy.filters.network.http_connection_manager' } } } },
        patch: {
          operation: 'INSERT_FIRST',
          value: {
            name: 'envoy.filters.http.ext_proc.bbr',
            typed_config: {
              '@type': 'type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExternalProcessor',
              'failure_mode_allow': false,
              'allow_mode_override': true,
              'processing_mode': {
                request_header_mode: 'SEND',
                response_header_mode: 'SEND',
                request_body_mode: 'FULL_DUPLEX_STREAMED',
                response_body_mode: 'FULL_DUPLEX_STREAMED',
                request_trailer_mode: 'SEND',
                response_trailer_mode: 'SEND',
              },
              'grpc_service': { envoy_grpc: { cluster_name: `outbound|${port}||${name}.${routerNamespace}.svc.cluster.local` } },
            },
          },
        },
      }],
    },
  };
}

export function gcpRoutingExtension({ name, port, gatewayName, gatewayNamespace }: FilterPlan): Manifest {
  return {
    apiVersion: 'networking.gke.io/v1',
    kind: 'GCPRoutingExtension',
    metadata: { name, namespace: gatewayNamespace },
    spec: {
      targetRefs: [gatewayRef(gatewayName)],
      extensionChains: [{
        name: 'chain1',
        extensions: [{
          name: 'ext1',
          authority: 'myext.com',
          timeout: '1s',
          supportedEvents: ['RequestHeaders', 'RequestBody', 'RequestTrailers'],
          requestBodySendMode: 'FullDuplexStreamed',
          backendRef: { group: '', kind: 'Service', name, port },
        }],
      }],
    },
  };
}

export function envoyExtensionPolicy({ name, routerNamespace, port, gatewayName, gatewayNamespace }: FilterPlan): Manifest {
  const elsewhere = routerNamespace !== gatewayNamespace;
  return {
    apiVersion: 'gateway.envoyproxy.io/v1alpha1',
    kind: 'EnvoyExtensionPolicy',
    metadata: { name, namespace: gatewayNamespace },
    spec: {
      targetRefs: [gatewayRef(gatewayName)],
      extProc: [{
        backendRefs: [{ name, ...(elsewhere ? { namespace: routerNamespace } : {}), port }],
        failOpen: false,
        processingMode: { allowModeOverride: true, request: { body: 'FullDuplexStreamed' }, response: { body: 'FullDuplexStreamed' } },
      }],
    },
  };
}

export function agentgatewayPolicy({ name, gatewayName, gatewayNamespace }: FilterPlan): Manifest {
  return {
    apiVersion: 'agentgateway.dev/v1alpha1',
    kind: 'AgentgatewayPolicy',
    metadata: { name, namespace: gatewayNamespace },
    spec: {
      targetRefs: [gatewayRef(gatewayName)],
      // Before routing, so that routes see the header.
      traffic: { phase: 'PreRouting', transformation: { request: { set: [{ name: MODEL_HEADER, value: 'json(request.body).model' }] } } },
    },
  };
}

/**
 * Higress' own plugin, which answers for the body-based router: its proxies do not carry the labels by which an EnvoyFilter finds a
 * Gateway. Phase and priority are the plugin's own (plugins/wasm-go/extensions/model-router). The paths are those that carry a model;
 * the plugin's own list differs between its versions.
 */
export function modelRouterPlugin(name: string, namespace: string, url: string): Manifest {
  return {
    apiVersion: 'extensions.higress.io/v1alpha1',
    kind: 'WasmPlugin',
    metadata: { name, namespace },
    spec: {
      defaultConfig: { modelToHeader: MODEL_HEADER, enableOnPathSuffix: [...MODEL_PATHS] },
      defaultConfigDisable: false,
      failStrategy: 'FAIL_OPEN',
      phase: 'AUTHN',
      priority: 900,
      url,
    },
  };
}

const MODEL_PATHS = [
  '/completions', '/responses', '/embeddings', '/messages', '/messages/count_tokens', '/rerank', '/score', '/moderations',
  '/audio/speech', '/audio/transcriptions', '/audio/translations', '/images/generations', '/images/edits', '/images/variations',
];

function gatewayRef(name: string): object {
  return { group: 'gateway.networking.k8s.io', kind: 'Gateway', name };
}
