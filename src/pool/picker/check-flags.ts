import type { Mistake } from '../../core';
import type { EndpointPickerBuild, FlagType } from '../../versions';

const FIELD = 'endpointPicker.flags';

/** Flags that properties decide, because other objects depend on them. */
const OWNED: Readonly<Record<string, string>> = {
  'pool-name': 'the pool\'s name',
  'pool-namespace': 'the pool\'s namespace',
  'pool-group': 'the InferencePool\'s group, which is always inference.networking.k8s.io',
  'endpoint-selector': 'the pool\'s labels',
  'endpoint-target-ports': 'the pool\'s ports',
  'config-file': '`config`',
  'config-text': '`config`',
  'grpc-port': '`port`',
  'grpc-health-port': 'the probes, which ask 9003',
  'metrics-port': 'Service and monitoring, which use 9090',
  'ha-enable-leader-election': '`replicas`',
  'secure-serving': '`tls`',
  'cert-path': '`tls`',
  'enable-cert-reload': '`tls`',
  'metrics-endpoint-auth': '`metricsAuth`',
  'tracing': '`tracing`',
  'v': '`verbosity`',
};

const VALUES: Readonly<Record<FlagType, { readonly pattern: RegExp; readonly allowed: string }>> = {
  bool: { pattern: /^(true|false)$/, allowed: 'true or false' },
  int: { pattern: /^-?[0-9]+$/, allowed: 'a whole number' },
  duration: { pattern: /^([0-9]+(\.[0-9]+)?(ns|us|µs|ms|s|m|h))+$|^0$/, allowed: 'a duration such as 50ms or 1m30s' },
  ints: { pattern: /^[0-9]+(,[0-9]+)*$/, allowed: 'whole numbers separated by commas' },
  strings: { pattern: /^[^,]+(,[^,]+)*$/, allowed: 'texts separated by commas' },
  string: { pattern: /^/, allowed: 'text' },
};

/** What a build does with flags; without a build only how they are written is checked. */
export function checkFlags(flags: Readonly<Record<string, string>>, build: EndpointPickerBuild | undefined): Mistake[] {
  return Object.entries(flags).flatMap(([name, value]) => checkFlag(name, value, build));
}

function checkFlag(name: string, value: string, build: EndpointPickerBuild | undefined): Mistake[] {
  const field = `${FIELD}[${name}]`;
  if (!/^[a-zA-Z][a-zA-Z0-9-]*$/.test(name)) {
    return [{ code: 'IGW504', field: FIELD, value: name, problem: 'is no name of a flag', allowed: 'letters, digits and -', fix: 'write the name without leading dashes and without a value' }];
  }
  if (Object.hasOwn(OWNED, name)) {
    return [{ code: 'IGW504', field, value, problem: `follows from ${OWNED[name]}`, fix: 'remove the flag and set that instead' }];
  }
  if (!build) return [];
  const forbidden = own(build.forbiddenFlags, name);
  if (forbidden) return [{ code: 'IGW504', field, value, problem: `makes ${build.name} exit at start`, fix: forbidden }];
  const removed = own(build.removedFlags, name);
  if (removed) return [{ code: 'IGW504', field, value, problem: `was removed before ${build.name}`, fix: removed }];
  const fact = own(build.flags, name);
  if (!fact) return [{ code: 'IGW504', field, value, problem: `is no flag of ${build.name}`, ...suggestion(name, build) }];
  const allowed = allowedInstead(fact.type, value);
  return allowed === undefined ? [] : [{ code: 'IGW504', field, value, problem: 'is no value of this flag', allowed, fix: 'write such a value' }];
}

/** What a flag of a type takes, when it does not take a value. */
export function allowedInstead(type: FlagType, value: string): string | undefined {
  const { pattern, allowed } = VALUES[type];
  return pattern.test(value) ? undefined : allowed;
}

function suggestion(name: string, build: EndpointPickerBuild): Pick<Mistake, 'allowed' | 'fix'> {
  const plain = (text: string) => text.toLowerCase().replace(/-/g, '');
  const similar = Object.keys(build.flags).find((flag) => plain(flag) === plain(name));
  if (similar && Object.hasOwn(OWNED, similar)) return { fix: `remove it: ${similar} follows from ${OWNED[similar]}, set that instead` };
  if (similar) return { fix: `write ${similar}` };
  const words = name.split('-');
  const near = Object.keys(build.flags).filter((flag) => (
    !(flag in build.forbiddenFlags) && words.some((word) => word.length > 3 && flag.includes(word))));
  return { allowed: near.length > 0 ? near.join(', ') : undefined, fix: 'remove it; EndpointPickerRuntime.flags lists those it has' };
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
