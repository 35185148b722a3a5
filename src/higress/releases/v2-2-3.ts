import type { GpuStackProfile } from './gpustack-profile';
import {
  AI_STATISTICS, AUTHORIZATION_RESPONSE, CACHE_HEADER, GENERIC_PROXY_ROUTER, MODEL_HEADER, ROUTE_PREFIX, TOKEN_HEADER, aiProxy, authorizationRequest,
  everyPath, extAuth, headerTransformer, modelMapper, setModelPreRoute, tokenUsage,
} from './shared';

/** The headers of a request by which the server tells who calls. */
export const CALLER_HEADERS = ['X-Real-IP', 'X-Forwarded-For', MODEL_HEADER, 'x-api-key', 'cookie', CACHE_HEADER, TOKEN_HEADER];

/** 2.2.3. Model routes are authenticated, by the prefix of their names; whatever else the gateway serves is not. */
export const V2_2_3: GpuStackProfile = {
  hasPluginOptions: false,
  plugins: [
    extAuth({
      plugin: 'ext-auth',
      version: '2.0.0',
      config: ({ service, servicePort, token, authTimeout, ingressPrefix }) => ({
        _rules_: [{
          _match_route_prefix_: [`${ingressPrefix}${ROUTE_PREFIX}`],
          http_service: {
            authorization_request: authorizationRequest(CALLER_HEADERS, token),
            authorization_response: AUTHORIZATION_RESPONSE,
            endpoint: { path: '/token-auth', request_method: 'GET', service_name: service, service_port: servicePort },
            endpoint_mode: 'forward_auth',
            timeout: authTimeout,
          },
          ...everyPath('blacklist'),
        }],
      }),
    }),
    AI_STATISTICS,
    GENERIC_PROXY_ROUTER,
    aiProxy('gpustack-ai-proxy', '2.0.0-patched'),
    setModelPreRoute('1.0.1'),
    modelMapper('gpustack-model-mapper', '1.0.1'),
    headerTransformer(),
    tokenUsage('1.1.1', 400),
  ],
};
