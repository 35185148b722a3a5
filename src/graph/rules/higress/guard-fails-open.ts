import { GraphRule, RuleFamily, Severity } from '../../rule';
import { wasmPluginsOf } from '../../views/higress';

/** Plugins that keep requests out. */
const GUARDS = new Set(['ext-auth', 'key-auth', 'jwt-auth', 'simple-jwt-auth', 'basic-auth', 'hmac-auth', 'hmac-auth-apisix', 'oauth', 'oidc', 'opa', 'ip-restriction', 'jwt-logout', 'cloudfront-auth']);

export const rule: GraphRule = {
  code: 'IGW1702',
  title: 'a plugin that authenticates lets requests pass when it cannot be loaded',
  family: RuleFamily.HIGRESS,
  severity: Severity.WARNING,
  symptom: 'Models are served without authentication, after the server of plugin modules could not be reached or a URL was wrong.',
  breaks: 'With FAIL_OPEN, Higress goes on without a plugin whose module it cannot download or start. That has nothing to do with failure_mode_allow, which is about the '
    + 'service that the plugin asks.',
  source: 'Istio, WasmPlugin.failStrategy; gpustack/gpustack#4277; GPUStack ships its ext-auth like this',
  * check(graph) {
    for (const { object, pluginId, failStrategy, managed } of wasmPluginsOf(graph)) {
      if (failStrategy !== 'FAIL_OPEN' || pluginId === undefined || !GUARDS.has(pluginId)) continue;
      yield {
        object,
        field: ['spec', 'failStrategy'],
        value: failStrategy,
        problem: `lets every request pass when the module of ${pluginId} cannot be loaded: nothing authenticates`,
        allowed: 'FAIL_CLOSE',
        fix: managed ? 'watch that the module can be downloaded: GPUStack writes this value again at its start' : 'set FAIL_CLOSE',
        // Whoever runs GPUStack cannot change it.
        severity: managed ? Severity.INFO : Severity.WARNING,
      };
    }
  },
};
