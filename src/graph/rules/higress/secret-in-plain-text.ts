import { HIDDEN } from '../../confidential';
import type { GraphObject } from '../../graph-object';
import { items, map, Path, text } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { HIGRESS_NETWORKING, wasmPluginsOf } from '../../views/higress';

export const rule: GraphRule = {
  code: 'IGW1705',
  title: 'a token stands in a custom resource of Higress',
  family: RuleFamily.HIGRESS,
  severity: Severity.WARNING,
  symptom: 'Whoever may read WasmPlugins or McpBridges has the tokens of your model providers; so has everyone with the Git repository.',
  breaks: 'A WasmPlugin is no Secret: it is shown in dashboards, copied into backups, and readable to roles that must not see Secrets.',
  source: 'Higress, ${secret.name.key} in plugin configurations; GPUStack writes tokens of providers into its WasmPlugins',
  warnedAs: 'IGW701',
  * check(graph) {
    for (const { object, configs } of wasmPluginsOf(graph)) {
      const variables = items(object.manifest, ['spec', 'vmConfig', 'env']).flatMap(({ value, path }) => (
        secretsIn(map(value).value, [...path, 'value'], text(map(value).name) ?? '')));
      const found = [...configs.flatMap(({ value, path }) => secretsIn(value, path)), ...variables];
      if (found.length > 0) yield problemOf(object, found, 'write ${secret.<name>.<key>}, which Higress fills in from a Secret of its namespace, or a placeholder that your deployment fills in');
    }
    for (const object of graph.ofKind(HIGRESS_NETWORKING, 'McpBridge')) {
      const found = secretsIn(object.get('spec', 'registries'), ['spec', 'registries']);
      if (found.length > 0) yield problemOf(object, found, 'name a Secret in authSecretName, or write a placeholder that your deployment fills in');
    }
  },
};

function problemOf(object: GraphObject, found: readonly Path[], fix: string) {
  const more = found.length > 1 ? `; ${found.length - 1} more ${found.length === 2 ? 'is' : 'are'} in this object` : '';
  return { object, field: found[0], value: HIDDEN, problem: `looks like a secret in plain text${more}`, fix };
}

const SECRET_KEY = /(^|[-_.])(api-?keys?|api_?keys?|access_?keys?|secret(s|_?keys?)?|signing_?keys?|private_?keys?|passwords?|passwd|credentials?|tokens?|authorization)$/i;
const CAMEL_KEY = /(apiToken|apiKey|accessKey|secretKey|clientSecret|password|privateKey|authToken|accessToken|Token|Secret|SecretKey|AccessKey|ApiKey|Password|Credential)s?$/;
/** Limits, names of headers and the like that only sound like secrets. */
const HARMLESS = /(max|limit|count|usage|ttl|expire|header|name|type|path|url|uri|model|field|prompt|completion|input|output|total)/i;
const PLACEHOLDER = /<[^<>\s][^<>]*>|\$\{[^{}]+\}|\$\([^()]+\)|\{\{.+\}\}|\(\([^()]+\)\)|#\{[^{}]+\}#|ENC\[[^\]]+\]|(^|\s)ref\+[a-z0-9]+:\/\//;
const DEEPEST = 12;
const MOST = 20;

/** Where a configuration holds what looks like a secret. */
function secretsIn(value: unknown, path: Path, key = '', depth = 0): Path[] {
  if (depth > DEEPEST) return [];
  if (typeof value === 'string') return isSecretKey(key) && isSecret(value) ? [path] : [];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.slice(0, 1000).entries()] : Object.entries(map(value));
  const found: Path[] = [];
  for (const [step, item] of entries) {
    found.push(...secretsIn(item, [...path, step], typeof step === 'number' ? key : step, depth + 1));
    if (found.length > MOST) break;
  }
  return found;
}

function isSecretKey(key: string): boolean {
  return (SECRET_KEY.test(key) || CAMEL_KEY.test(key)) && !HARMLESS.test(key.replace(/[-_]?(tokens?|keys?)$/i, ''));
}

/** Long enough, of one word, and no placeholder. */
function isSecret(value: string): boolean {
  const secret = value.replace(/^(Bearer|Basic)\s+/i, '');
  return secret.length >= 12 && secret.length <= 10_000 && !/\s/.test(secret) && !PLACEHOLDER.test(value) && !/^(https?:|\/)/.test(secret) && !/^x-/i.test(secret);
}
