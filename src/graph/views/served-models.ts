import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import type { ModelServer } from './model-servers';
import { modelServerOf } from './model-servers';
import type { Pool } from './pools';

/** The pods of one template behind a pool, and the models they answer to. */
export interface Served {
  readonly workload: GraphObject;
  readonly server: ModelServer;
  readonly names: readonly string[];
  readonly adapters: readonly string[];
}

/** Whether a server refuses the names of models it does not have: sure, likely, or no, when it answers to any name. */
export type Strictness = 'strict' | 'likely' | 'lax';

const LAX = /(sglang|text-generation-inference|(^|[/-])tgi([/:-]|$)|llama[.-]?cpp|llamacpp|lmdeploy|tritonserver|tensorrt|trtllm|mlserver)/i;
const STRICT = /(vllm|llm-d|inference-sim)/i;

export function strictnessOf({ container: { image, words } }: ModelServer): Strictness {
  const command = words.slice(0, 4).map(({ text }) => text).join(' ');
  if (LAX.test(image) || /sglang|llama-server|text-generation/.test(command)) return 'lax';
  return STRICT.test(image) || /vllm/.test(command) ? 'strict' : 'likely';
}

/**
 * What the pods of a pool serve, where their flags say so; undefined when that is not known of all of them. Pods that only prefill get no
 * requests from the gateway.
 */
export function servedBy(graph: Graph, pool: Pool): readonly Served[] | undefined {
  const served: Served[] = [];
  for (const template of pool.selects) {
    const role = template.labels.get('llm-d.ai/role') ?? template.labels.get('llm-d.ai/worker-role');
    if (role === 'prefill') continue;
    const server = modelServerOf(graph, template);
    if (!server?.names || strictnessOf(server) === 'lax' || loadsMore(server)) return undefined;
    served.push({
      workload: template.workload.object, server, names: server.names.map(({ name }) => name), adapters: server.adapters.map(({ name }) => name),
    });
  }
  return served.length > 0 ? served : undefined;
}

/** Whether a server may have adapters that its flags do not show. */
function loadsMore({ moreAdapters, container }: ModelServer): boolean {
  return moreAdapters || container.env.some(({ name }) => name === 'VLLM_PLUGINS' || name.startsWith('VLLM_LORA_RESOLVER'));
}

export function answersTo({ names, adapters }: Served, model: string): boolean {
  return names.includes(model) || adapters.includes(model);
}
