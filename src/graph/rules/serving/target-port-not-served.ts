import type { Graph } from '../../graph';
import type { GraphObject } from '../../graph-object';
import type { Path } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { addTo, view } from '../../view';
import { flagOf } from '../../views/command-line';
import { ModelServer, modelServersOf } from '../../views/model-servers';
import { Pool, poolsOf } from '../../views/pools';
import type { PodTemplate } from '../../views/workloads';

/** What is known of the ports of pods. */
interface Ports {
  /** Ports that something in the pods listens on, as far as the manifest says. */
  readonly open: ReadonlySet<number>;
  /** What says so, and where. */
  readonly server?: { readonly object: GraphObject; readonly field: Path; readonly port: number };
}

export const rule: GraphRule = {
  code: 'IGW1202',
  title: 'the pods of an InferencePool do not listen on its port',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 503 with a connect error. All conditions of Gateway, HTTPRoute and InferencePool are True.',
  breaks: 'The gateway sends a request to the address of the pod that was picked and a port of spec.targetPorts, and nothing listens there.',
  source: 'Gateway API Inference Extension, InferencePool spec.targetPorts; observed with Istio 1.30 and the endpoint picker v1.5.0',
  * check(graph) {
    for (const pool of poolsOf(graph)) yield* problemsOf(graph, pool);
  },
};

function* problemsOf(graph: Graph, pool: Pool): Iterable<Problem> {
  const { targetPorts, selects } = pool;
  if (selects.some(({ workload }) => workload.opaque)) return;
  const known = selects.flatMap((template) => portsOf(graph, template) ?? []);
  // Pods of which nothing is known may listen anywhere.
  if (known.length === 0 || known.length < selects.length) return;
  const dead = targetPorts.filter(({ number }) => known.every((ports) => !ports.open.has(number)));
  const all = dead.length === targetPorts.length;
  for (const { path, number } of dead) {
    const { server } = known.find((ports) => ports.server) ?? {};
    const open = [...new Set(known.flatMap((ports) => [...ports.open]))].sort((a, b) => a - b);
    yield {
      object: pool.object,
      field: path,
      value: number,
      problem: `${server
        ? `is no port the pods of ${server.object} listen on: the model server has --port ${server.port}`
        : `is no port that the containers of ${selects[0].workload.object} declare`}; ${all ? 'requests to the model answer 503' : 'what is sent there is answered by another pod than the one picked'}`,
      allowed: open.join(', '),
      fix: open.length === 1 ? `set ${open[0]}` : 'set the port the model server listens on',
      ...all ? {} : { severity: Severity.WARNING },
      related: server ? [{ object: server.object, field: server.field, note: 'the port of the model server' }] : [],
    };
  }
}

const serversByTemplate = view((graph: Graph) => {
  const found = new Map<PodTemplate, ModelServer[]>();
  for (const server of modelServersOf(graph)) addTo(found, server.template, server);
  return found;
});

/** The ports of engines that are told none. */
const DEFAULT_PORTS: readonly [image: RegExp, port: number][] = [
  [/vllm|tritonserver|tensorrt-?llm|dynamo|inference-sim/i, 8000], [/sglang/i, 30000], [/text-generation-inference/i, 80], [/ollama/i, 11434],
  [/llama[.-]?cpp|llamacpp|mlserver/i, 8080], [/lmdeploy/i, 23333],
];

/** Undefined when a container may listen on ports that nothing is said of. */
function portsOf(graph: Graph, template: PodTemplate): Ports | undefined {
  const servers = serversByTemplate(graph).get(template) ?? [];
  const running = template.containers.filter(({ init }) => !init);
  const silent = (servers.length > 0 ? servers.map(({ container }) => container) : running)
    .some((container) => container.ports.length === 0 && !servers.some((server) => server.container === container && server.port !== undefined));
  // A shell or an engine of several ranks may listen on ports of its own making.
  const several = servers.some(({ line }) => line.words.some(({ text, dynamic }) => dynamic || /data-parallel|api-server-count|\$/.test(text)));
  if (silent || several) return undefined;
  const declared = template.containers.flatMap(({ ports }) => ports.map(({ port }) => port));
  const said = servers.map(({ port, container: { image } }) => port ?? DEFAULT_PORTS.find(([pattern]) => pattern.test(image))?.[1]);
  const told = servers.find(({ port }) => port !== undefined);
  // Where one container is all there is and says its port, every other port it declares has nothing behind it.
  const alone = running.length === 1 && template.containers.every(({ init, ports }) => !init || ports.length === 0);
  const idle = alone && told ? declared.filter((port) => port !== told.port) : [];
  const word = told && flagOf(told.line, 'port');
  return {
    open: new Set([...said.flatMap((port) => port ?? []), ...declared.filter((port) => !idle.includes(port))]),
    server: told?.port !== undefined && word ? { object: template.workload.object, field: word.valuePath, port: told.port } : undefined,
  };
}
