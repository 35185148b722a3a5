/** How the value of a column is read. */
export type ColumnType = 'text' | 'number' | 'flag' | 'words';

export interface Column {
  /** Where it goes: a path in the ModelDeployment, or a word about where its files go. */
  readonly path: readonly string[];
  readonly type: ColumnType;
}

const text = (...path: string[]): Column => ({ path, type: 'text' });
const number = (...path: string[]): Column => ({ path, type: 'number' });
const flag = (...path: string[]): Column => ({ path, type: 'flag' });

/** The columns of a catalogue by their names. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  name: text('metadata', 'name'),
  namespace: text('metadata', 'namespace'),
  team: text('team'),
  cluster: text('cluster'),
  model: text('spec', 'model', 'id'),
  source: text('spec', 'model', 'source'),
  servedName: text('spec', 'model', 'servedName'),
  provider: text('spec', 'provider', 'name'),
  engine: text('spec', 'engine', 'type'),
  engineImage: text('spec', 'engine', 'image'),
  contextLength: number('spec', 'engine', 'contextLength'),
  trustRemoteCode: flag('spec', 'engine', 'trustRemoteCode'),
  enablePrefixCaching: flag('spec', 'engine', 'enablePrefixCaching'),
  enforceEager: flag('spec', 'engine', 'enforceEager'),
  extraArgs: { path: ['spec', 'engine', 'extraArgs'], type: 'words' },
  mode: text('spec', 'serving', 'mode'),
  replicas: number('spec', 'scaling', 'replicas'),
  prefillReplicas: number('spec', 'scaling', 'prefill', 'replicas'),
  prefillGpus: number('spec', 'scaling', 'prefill', 'gpu', 'count'),
  prefillMemory: text('spec', 'scaling', 'prefill', 'memory'),
  decodeReplicas: number('spec', 'scaling', 'decode', 'replicas'),
  decodeGpus: number('spec', 'scaling', 'decode', 'gpu', 'count'),
  decodeMemory: text('spec', 'scaling', 'decode', 'memory'),
  gpus: number('spec', 'resources', 'gpu', 'count'),
  gpuType: text('spec', 'resources', 'gpu', 'type'),
  memory: text('spec', 'resources', 'memory'),
  cpu: text('spec', 'resources', 'cpu'),
  image: text('spec', 'image'),
  huggingFaceToken: text('spec', 'secrets', 'huggingFaceToken'),
  modelName: text('spec', 'gateway', 'modelName'),
  httpRouteRef: text('spec', 'gateway', 'httpRouteRef'),
  gatewayEnabled: flag('spec', 'gateway', 'enabled'),
};

/** Columns with a key after a dot, `args.max-num-seqs` for example. */
export const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  args: ['spec', 'engine', 'args'],
  env: ['spec', 'env'],
  nodeSelector: ['spec', 'nodeSelector'],
  podLabels: ['spec', 'podTemplate', 'metadata', 'labels'],
  podAnnotations: ['spec', 'podTemplate', 'metadata', 'annotations'],
  annotations: ['metadata', 'annotations'],
};

/** The column of a name; undefined when there is none. */
export function columnOf(name: string): Column | undefined {
  if (Object.hasOwn(COLUMNS, name)) return COLUMNS[name];
  const dot = name.indexOf('.');
  const family = name.slice(0, dot);
  return dot > 0 && dot < name.length - 1 && Object.hasOwn(FAMILIES, family) ? text(...FAMILIES[family], name.slice(dot + 1)) : undefined;
}

/** What a name may be, for messages. */
export const ALLOWED_COLUMNS = [...Object.keys(COLUMNS), ...Object.keys(FAMILIES).map((family) => `${family}.<key>`)].join(', ');
