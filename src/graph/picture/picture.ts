/** What a node is on the way of a request. */
export type NodeRole =
  'client' | 'gateway' | 'listener' | 'plugin' | 'router' | 'route' | 'pool' | 'service' | 'picker' | 'workload' | 'registry' | 'policy' | 'grant' | 'other';

/** Whether the object of a node is in the set; `missing` when it is proven that it should be. */
export type NodeState = 'present' | 'missing' | 'unknown';

/** `broken`: the target is there, but an error says that this way does not work. */
export type EdgeState = 'ok' | 'broken' | 'missing' | 'unknown';

/** One box of the picture. */
export interface PictureNode {
  /** The same for the same set. */
  readonly id: string;
  readonly role: NodeRole;
  /** Empty for what is no object. */
  readonly kind: string;
  readonly label: string;
  /** Empty for cluster-scoped kinds. */
  readonly namespace: string;
  /** What is worth knowing at a glance: the model of a route, the port of a pool. */
  readonly detail: string;
  readonly state: NodeState;
  /** The node it is drawn onto: its gateway for a listener, its Service for a DestinationRule. */
  readonly owner?: string;
  /** The worst of its findings. */
  readonly severity?: PictureSeverity;
  /** Indices of findings. */
  readonly findings: readonly number[];
  /** Index of its object. */
  readonly object?: number;
  /** Indices of objects that are not drawn, since they only serve this one: ServiceAccount, roles, ConfigMaps. */
  readonly support: readonly number[];
}

/** One way from node to node, in the direction of requests. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  /** What it is for, in the words of `ReferenceType`. */
  readonly type: string;
  readonly label: string;
  readonly state: EdgeState;
}

/** A model from its route to its pods: what hangs together once the gateways are taken away. */
export interface PictureBlock {
  readonly id: string;
  /** Names of its models, or what else tells it from others. */
  readonly title: string;
  readonly namespaces: readonly string[];
  readonly severity?: PictureSeverity;
  readonly nodes: readonly string[];
}

/** Gateways, and the blocks behind them. */
export interface PictureSection {
  readonly id: string;
  readonly title: string;
  /** The worst finding of gateways and what is plugged in: it hits all blocks. */
  readonly severity?: PictureSeverity;
  readonly entries: readonly string[];
  readonly blocks: readonly PictureBlock[];
}

export type PictureSeverity = 'error' | 'warning' | 'info';

export interface PictureFinding {
  readonly code: string;
  readonly severity: PictureSeverity;
  /** What is wrong, and where. */
  readonly title: string;
  readonly message: string;
  readonly symptom: string;
  readonly fix: string;
  /** `deploy.yaml:12:7`, or the path of a construct; empty when neither is known. */
  readonly place: string;
  /** Nodes to look at. */
  readonly nodes: readonly string[];
  readonly object: number;
}

export interface PictureObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly place: string;
  /** As YAML, without what is secret. */
  readonly yaml: string;
}

/** A graph and its findings as plain data, ready to be laid out. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly sections: readonly PictureSection[];
  readonly findings: readonly PictureFinding[];
  readonly objects: readonly PictureObject[];
}

const RANKS: Readonly<Record<PictureSeverity, number>> = { error: 3, warning: 2, info: 1 };

/** Higher is worse. */
export function rankOf(severity: PictureSeverity | undefined): number {
  return severity ? RANKS[severity] : 0;
}

export function worst(severities: Iterable<PictureSeverity | undefined>): PictureSeverity | undefined {
  let found: PictureSeverity | undefined;
  for (const severity of severities) if (rankOf(severity) > rankOf(found)) found = severity;
  return found;
}
