import type { Graph } from '../graph';
import { Path } from '../json';
import { view } from '../view';
import { bodyRoutersOf } from './body-routers';
import { CommandLine, Flag, flagOf, parseFlags } from './command-line';
import type { Container } from './containers';
import { pickerOfTemplate } from './endpoint-pickers';
import { PodTemplate, workloadsOf } from './workloads';

export interface ServedName {
  readonly name: string;
  readonly path: Path;
}

/** A container of the set that serves a model, told by its flags or its image. */
export interface ModelServer {
  readonly template: PodTemplate;
  readonly container: Container;
  readonly line: CommandLine;
  /** The names it answers to; undefined when its flags do not say. */
  readonly names?: readonly ServedName[];
  /** LoRA adapters that are loaded at start. */
  readonly adapters: readonly ServedName[];
  /** Whether adapters may be loaded later. */
  readonly moreAdapters: boolean;
  /** The port of its flags; undefined when they name none. */
  readonly port?: number;
}

const IMAGE = /(vllm|sglang|text-generation-inference|tensorrt-?llm|tritonserver|llama[.-]?cpp|llamacpp|ollama|inference-sim|lmdeploy|mlserver|dynamo)/i;
const NAME_FLAGS = ['served-model-name', 'served_model_name', 'alias'];
const MODEL_FLAGS = ['model', 'model-path', 'model-id', 'hf-repo', 'hf-model'];
const SWITCHES = new Set(['trust-remote-code', 'enable-lora', 'enable-prefix-caching', 'enforce-eager', 'enable-chunked-prefill', 'no-enable-prefix-caching',
  'enable-auto-tool-choice', 'disable-log-requests', 'enable-metrics', 'disable-access-log-for-endpoints', 'jinja', 'headless']);

export const modelServersOf = view((graph: Graph): readonly ModelServer[] => {
  const routers = new Set(bodyRoutersOf(graph).map(({ template }) => template));
  return workloadsOf(graph).flatMap(({ templates }) => templates).filter((template) => !routers.has(template) && !pickerOfTemplate(graph, template))
    .flatMap((template) => template.containers.filter(({ init }) => !init).flatMap((container) => serverOf(template, container)));
});

const byTemplate = view((graph: Graph) => {
  const found = new Map<PodTemplate, ModelServer>();
  for (const server of modelServersOf(graph)) if (!found.has(server.template)) found.set(server.template, server);
  return found;
});

/** The model server that the pods of a template run. */
export function modelServerOf(graph: Graph, template: PodTemplate): ModelServer | undefined {
  return byTemplate(graph).get(template);
}

function serverOf(template: PodTemplate, container: Container): ModelServer[] {
  const line = parseFlags(container.words, (name) => (SWITCHES.has(name.replaceAll('_', '-')) ? true : undefined));
  const named = flagOf(line, ...NAME_FLAGS);
  const model = flagOf(line, ...MODEL_FLAGS);
  if (!named && !model && !IMAGE.test(container.image)) return [];
  const port = flagOf(line, 'port');
  return [{
    template,
    container,
    line,
    names: namesOf(line, named, model),
    adapters: adaptersOf(line),
    moreAdapters: container.env.some(({ name, value }) => name === 'VLLM_ALLOW_RUNTIME_LORA_UPDATING' && value !== 'False' && value !== '0'),
    port: port && !port.dynamic && /^[0-9]{1,5}$/.test(port.value ?? '') ? Number(port.value) : undefined,
  }];
}

/** The served names, else the model itself; a value that is not known makes all of them unknown. */
function namesOf(line: CommandLine, named: Flag | undefined, model: Flag | undefined): ServedName[] | undefined {
  if (named) return valuesOf(line, named);
  if (model?.value !== undefined) return model.dynamic ? undefined : [{ name: model.value, path: model.valuePath }];
  // `vllm serve MODEL`
  const serve = line.words.findIndex(({ text: word }) => word === 'serve');
  const next = serve >= 0 ? line.words[serve + 1] : undefined;
  return next && !next.dynamic && !next.text.startsWith('-') ? [{ name: next.text, path: next.path }] : undefined;
}

/** The values of a flag that takes several words. */
function valuesOf(line: CommandLine, use: Flag): ServedName[] | undefined {
  if (use.value === undefined || use.dynamic) return undefined;
  const values = [{ name: use.value, path: use.valuePath }];
  if (use.style === 'equals') return values;
  const start = line.words.findIndex(({ path, text: word }) => path === use.valuePath && word === use.value);
  for (const word of line.words.slice(start + 1)) {
    if (word.text.startsWith('-')) break;
    if (word.dynamic) return undefined;
    values.push({ name: word.text, path: word.path });
  }
  return values;
}

/** `--lora-modules name=path …`, or each as JSON with a name. */
function adaptersOf(line: CommandLine): ServedName[] {
  return line.flags.filter(({ name }) => name === 'lora-modules' || name === 'lora_modules' || name === 'lora-paths')
    .flatMap((use) => valuesOf(line, use) ?? []).flatMap(({ name, path }) => {
      const found = name.trimStart().startsWith('{') ? nameInJson(name) : name.split('=')[0];
      return found ? [{ name: found, path }] : [];
    });
}

function nameInJson(json: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(json);
    const name = (parsed as { name?: unknown } | null)?.name;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
