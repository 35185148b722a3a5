import type { Graph } from '../../graph';
import { filled, map, text } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { HigressWasmPlugin, wasmPluginsOf } from '../../views/higress';

export const rule: GraphRule = {
  code: 'IGW1703',
  title: 'Higress does not load a plugin',
  family: RuleFamily.HIGRESS,
  severity: Severity.ERROR,
  symptom: 'With FAIL_CLOSE every request answers 500 or 503; with FAIL_OPEN the plugin does nothing, and nobody is told: one that authenticates lets all pass.',
  breaks: 'The module is downloaded from an oci://, http://, https:// or file:// URL. A match rule without a condition makes Higress drop the whole plugin; pluginConfig makes '
    + 'it ignore defaultConfig and matchRules.',
  source: 'alibaba/higress pkg/ingress/config/ingress_config.go, convertIstioWasmPlugin; Istio, WasmPlugin; gpustack/gpustack#3525',
  * check(graph: Graph) {
    for (const plugin of wasmPluginsOf(graph)) {
      yield* urlProblems(plugin);
      yield* ruleProblems(plugin);
    }
  },
};

function* urlProblems({ object, url }: HigressWasmPlugin): Iterable<Problem> {
  const field = ['spec', 'url'];
  const { sha256 } = map(object.manifest.spec);
  if (url === undefined || url.trim() === '') {
    yield { object, field, ...url === undefined ? {} : { value: url }, problem: 'is empty: there is no module to load', fix: 'write where the module is: oci://…, http://…, https://… or file://…' };
    return;
  }
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(url)?.[1].toLowerCase();
  if (scheme !== undefined && !['oci', 'http', 'https', 'file'].includes(scheme)) {
    yield { object, field, value: url, problem: `has the scheme ${scheme}, which nothing downloads`, allowed: 'oci, http, https, file', fix: 'put the module where one of these reaches it' };
  } else if (/\s/.test(url) || /^[a-z]+:\/\/(\/|$)/i.test(url) && scheme !== 'file') {
    yield { object, field, value: url, problem: 'is no URL: it has no host, or blanks in it', fix: 'write the whole URL' };
  }
  if (filled(sha256) !== undefined && !/^[a-f0-9]{64}$/.test(text(sha256)!)) {
    yield { object, field: ['spec', 'sha256'], value: sha256, problem: 'is no SHA-256: no module has this checksum', allowed: '64 lower-case hexadecimal digits', fix: 'write it as sha256sum prints it' };
  }
}

function* ruleProblems({ object, matchRules, pluginId }: HigressWasmPlugin): Iterable<Problem> {
  const spec = map(object.manifest.spec);
  for (const { path, disabled, ingress, domain, service } of matchRules) {
    if (disabled) continue;
    if (ingress.length + domain.length + service.length === 0) {
      yield { object, field: path, problem: 'has no condition: Higress refuses the whole plugin', fix: 'set ingress, domain or service, or configDisable: true' };
    } else if (domain.length > 0 && ingress.length + service.length > 0) {
      yield {
        object, field: [...path, 'domain'], problem: `is given beside ${ingress.length > 0 ? 'ingress' : 'service'}: plugins in Go ignore one of them, and others refuse the configuration`,
        fix: 'write a rule for each', severity: Severity.WARNING,
      };
    }
  }
  const ignored = ['defaultConfig', 'matchRules'].filter((key) => spec[key] !== undefined && spec[key] !== null);
  if (spec.pluginConfig !== undefined && spec.pluginConfig !== null && ignored.length > 0) {
    yield { object, field: ['spec', 'pluginConfig'], problem: `makes Higress ignore ${ignored.join(' and ')} of ${pluginId ?? 'the plugin'}`, fix: 'move it to defaultConfig' };
  }
}
