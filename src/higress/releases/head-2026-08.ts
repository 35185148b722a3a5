import type { GpuStackProfile } from './gpustack-profile';
import {
  AI_STATISTICS, CACHE_HEADER, CONSUMER_HEADER, GENERIC_PROXY_ROUTER, ROUTE_PREFIX, aiProxy, authorizationRequest, extAuth, headerTransformer,
  modelMapper, setModelPreRoute, tokenUsage,
} from './shared';
import { CALLER_HEADERS } from './v2-2-3';

/** What Python's `re.escape` puts a backslash before. */
const SPECIAL = /[()[\]{}?*+\-|^$\\.&~#\s]/g;

/** 47277d79. The gateway knows the API keys and asks the server only what a caller may do. */
export const HEAD_2026_08: GpuStackProfile = {
  hasPluginOptions: true,
  plugins: [
    extAuth({
      plugin: 'gpustack-ext-auth',
      version: '0.1.2',
      config: ({ service, servicePort, token, authCacheKey, authTimeout, ingressPrefix, authentication }) => ({
        route_match_regexes: [`^${`${ingressPrefix}${ROUTE_PREFIX}`.replace(SPECIAL, '\\$&')}`],
        local_auth: { enabled: authentication.localKeys, keys: {}, refs: {} },
        authz: {
          endpoint: { path: '/token-auth', request_method: 'GET', service_name: service, service_port: servicePort },
          endpoint_mode: 'forward_auth',
          timeout: authTimeout,
          authorization_request: authorizationRequest(CALLER_HEADERS, token),
        },
        upstream_request: { headers_to_remove: ['cookie', 'x-api-key'] },
        auth_cache: { header: CACHE_HEADER, signing_key: authCacheKey },
        status_on_error: authentication.statusOnError,
        failure_mode_allow_authenticated: authentication.allowAuthenticatedOnFailure,
      }),
      matchRules: () => [],
      writtenAtRunTime: ['/spec/defaultConfig/local_auth/keys', '/spec/defaultConfig/local_auth/refs', '/spec/matchRules'],
    }),
    AI_STATISTICS,
    GENERIC_PROXY_ROUTER,
    aiProxy('gpustack-ai-proxy', '2.0.1-patched'),
    setModelPreRoute('1.0.1'),
    modelMapper('gpustack-model-mapper', '1.0.1'),
    headerTransformer('X-GPUStack-Access-Key', 'X-GPUStack-Key-Ref', CONSUMER_HEADER),
    tokenUsage('1.1.2', 400),
  ],
};
