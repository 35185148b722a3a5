import { parse } from 'yaml';

/** What a set of objects amounts to, whatever they are called and however rights are spread over roles: every scalar by a path of its own. */
export function factsOf(objects: readonly any[]): Map<string, string> {
  const facts = new Map<string, string>();
  objects.forEach((object) => leaves(readings(object), '', facts));
  return facts;
}

/** The differences between two sets of facts, as `path: expected, got`. */
export function differences(expected: Map<string, string>, actual: Map<string, string>): string[] {
  return [...new Set([...expected.keys(), ...actual.keys()])].sort()
    .filter((path) => expected.get(path) !== actual.get(path))
    .map((path) => `${path}: expected ${expected.get(path)}, got ${actual.get(path)}`);
}

function readings(object: any): object {
  const { kind, spec, data, metadata } = object;
  switch (kind) {
    case 'Deployment': return { deployment: deployment(spec) };
    case 'Service': return { service: { type: spec.type, ports: byName(spec.ports) } };
    case 'ConfigMap': return data['default-plugins.yaml']
      ? { config: config(parse(data['default-plugins.yaml'])) }
      : { settings: { [metadata.name.replace(/^.*-latency/, 'latency')]: data } };
    case 'Role': return { rights: rights(object) };
    case 'ClusterRole': return { clusterRights: rights(object) };
    case 'InferencePool': return { pool: spec };
    case 'ServiceMonitor': return { monitor: { endpoints: spec.endpoints } };
    case 'DestinationRule': case 'GCPBackendPolicy': case 'HealthCheckPolicy': return { [kind]: spec };
    // Routes are not the pool's, and accounts and bindings only say who has the rights.
    default: return {};
  }
}

function deployment({ replicas, strategy, template: { spec } }: any): object {
  const { terminationGracePeriodSeconds, containers, volumes } = spec;
  return {
    replicas,
    strategy,
    terminationGracePeriodSeconds,
    volumes: volumes.length,
    containers: Object.fromEntries(containers.map((container: any) => [container.name, containerOf(container)])),
  };
}

function containerOf({ name, args = [], env = [], ports, volumeMounts, securityContext: _restricted, ...rest }: any): object {
  return {
    ...rest,
    ...(name === 'epp' ? { flags: flags(args) } : { args }),
    env: Object.fromEntries(env.map((variable: any) => [variable.name, variable.value ?? variable.valueFrom.fieldRef.fieldPath])),
    ports: byName(ports),
    mounts: volumeMounts.map(({ mountPath }: any) => mountPath).join(' '),
  };
}

/** `--a b`, `--a=b` and `--a` alone say the same. */
function flags(args: readonly string[]): object {
  const found: Record<string, string> = {};
  args.forEach((arg, index) => {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (!name) return;
    const next = args[index + 1];
    found[name] = value ?? (next === undefined || next.startsWith('--') ? 'true' : next);
  });
  return found;
}

function config({ plugins, schedulingProfiles, ...rest }: any): object {
  return {
    ...rest,
    plugins: Object.fromEntries(plugins.map(({ name, type, parameters = {} }: any) => [name ?? type, { type, parameters }])),
    profiles: Object.fromEntries(schedulingProfiles.map((profile: any) => [profile.name, refsOf(profile).map(({ pluginRef }) => pluginRef).join(' ')])),
    weights: Object.fromEntries(schedulingProfiles.flatMap((profile: any) => refsOf(profile).map(({ pluginRef, weight }) => [pluginRef, weight]))),
  };
}

function refsOf({ plugins }: any): { pluginRef: string; weight?: number }[] {
  return plugins;
}

function rights({ rules }: any): object {
  const each = rules.flatMap(({ apiGroups = [''], resources = [], nonResourceURLs = [], verbs }: any) => [
    ...nonResourceURLs, ...apiGroups.flatMap((group: string) => resources.map((resource: string) => `${group}/${resource}`)),
  ].flatMap((thing: string) => verbs.map((verb: string) => [`${thing} ${verb}`, true])));
  return Object.fromEntries(each);
}

function byName(list: readonly any[]): object {
  return Object.fromEntries(list.map((item) => [item.name, item]));
}

function leaves(value: unknown, path: string, facts: Map<string, string>): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') facts.set(path.slice(1), JSON.stringify(value));
  else Object.entries(value).forEach(([key, item]) => leaves(item, `${path}.${key}`, facts));
}
