import type { GpuStackPlan } from '../gpustack-plan';
import { WasmPluginPhase } from '../wasm-plugin-options';
import type { GpuStackProfile } from './gpustack-profile';
import {
  AI_STATISTICS, AUTHORIZATION_RESPONSE, CACHE_HEADER, MODEL_HEADER, MODEL_PATHS, aiProxy, authorizationRequest, everyPath, extAuth,
  headerTransformer, modelMapper, modelRouter, setModelPreRoute, tokenUsage,
} from './shared';

const REAL_IP_HEADER = 'X-GPUStack-Real-IP';

function httpService({ service, servicePort, token, authTimeout }: GpuStackPlan): Record<string, unknown> {
  return {
    authorization_request: authorizationRequest([REAL_IP_HEADER, MODEL_HEADER, 'x-api-key', 'cookie', CACHE_HEADER], token),
    authorization_response: AUTHORIZATION_RESPONSE,
    endpoint: { path: '/token-auth', request_method: 'GET', service_name: service, service_port: servicePort },
    endpoint_mode: 'forward_auth',
    timeout: authTimeout,
  };
}

/** 480ac1b9. Every request of the gateway is authenticated but those of the mirror Ingress, which is the server's own interface. */
export const REFERENCE: GpuStackProfile = {
  hasPluginOptions: false,
  plugins: [
    extAuth({
      plugin: 'ext-auth',
      version: '2.0.0',
      config: (plan) => ({ http_service: httpService(plan), ...everyPath('blacklist') }),
      matchRules: (plan) => [{
        ingress: [`${plan.ingressPrefix}${plan.mirrorIngressName}`],
        domain: [],
        service: [],
        config: { http_service: httpService(plan), ...everyPath('whitelist') },
        configDisable: false,
      }],
    }),
    AI_STATISTICS,
    modelRouter({
      plugin: 'model-router',
      version: '2.0.0',
      config: () => ({ modelToHeader: MODEL_HEADER, enableOnPathSuffix: [...MODEL_PATHS, '/model/proxy'] }),
    }),
    aiProxy('ai-proxy', '2.0.0'),
    setModelPreRoute('1.0.0'),
    modelMapper('model-mapper', '2.0.0'),
    {
      name: 'gpustack-generic-route-transformer',
      plugin: 'transformer',
      version: '2.0.0',
      phase: WasmPluginPhase.AUTHN,
      // Ahead of the model router, so that its header wins.
      priority: 905,
      onWorkers: true,
      pullPolicy: true,
      config: () => ({ reqRules: [] }),
      matchRules: () => [],
      writtenAtRunTime: ['/spec/defaultConfig/reqRules'],
    },
    headerTransformer(),
    tokenUsage('1.0.0', 910, { realIPToHeader: REAL_IP_HEADER }),
  ],
};
