import type { Graph } from '../graph';
import type { GraphObject, ObjectName } from '../graph-object';
import { keyOf } from '../graph-object';
import type { EdgeState, NodeRole, NodeState, PictureSeverity } from './picture';

/** A node while the picture is made. */
export interface DraftNode {
  readonly id: string;
  readonly role: NodeRole;
  readonly kind: string;
  readonly label: string;
  readonly namespace: string;
  detail: string;
  readonly state: NodeState;
  owner?: DraftNode;
  severity?: PictureSeverity;
  readonly object?: GraphObject;
  readonly findings: number[];
  readonly support: Set<GraphObject>;
}

export interface DraftEdge {
  readonly from: DraftNode;
  readonly to: DraftNode;
  readonly type: string;
  label: string;
  state: EdgeState;
  /** The reference it stands for. */
  readonly source?: { readonly object: GraphObject; readonly path: readonly (string | number)[] };
}

/** The nodes and edges of a picture while it is made. */
export class Drafts {
  public readonly nodes: DraftNode[] = [];
  public readonly edges: DraftEdge[] = [];
  private readonly byObject = new Map<GraphObject, DraftNode>();
  private readonly byKey = new Map<string, DraftNode>();
  private readonly edgeKeys = new Map<string, DraftEdge>();

  public constructor(public readonly graph: Graph) {}

  /** The node that an object is drawn as. */
  public of(object: GraphObject): DraftNode | undefined {
    return this.byObject.get(object);
  }

  /** Draws an object, once. */
  public add(object: GraphObject, role: NodeRole, detail = ''): DraftNode {
    const known = this.byObject.get(object);
    if (known) return known;
    const node = this.push({
      role, kind: object.kind, label: object.name || '(no name)', namespace: object.namespace ?? '', detail, state: 'present', object,
    });
    this.byObject.set(object, node);
    return node;
  }

  /** Draws an object onto a node. */
  public attach(object: GraphObject, role: NodeRole, owner: DraftNode, detail = ''): void {
    const node = this.add(object, role, detail);
    if (node !== owner) node.owner = owner;
  }

  /** Draws what is in no object of its own, or in none of the set; once for each key. */
  public part(key: string, make: () => Omit<DraftNode, 'id' | 'findings' | 'support'>): DraftNode {
    const known = this.byKey.get(key);
    if (known) return known;
    const node = this.push(make());
    this.byKey.set(key, node);
    return node;
  }

  /** What `part` has drawn for a key. */
  public known(key: string): DraftNode | undefined {
    return this.byKey.get(key);
  }

  /** Draws an object that is not in the set. */
  public ghost(name: ObjectName, role: NodeRole, state: NodeState, owner?: DraftNode): DraftNode {
    return this.part(`${owner ? `${owner.id} ` : ''}${keyOf(name)}`, () => ({
      role, kind: name.kind, label: name.name || '(no name)', namespace: name.namespace ?? '', detail: '', state, owner,
    }));
  }

  /** Draws a way, once for each pair of nodes and type. */
  public link(from: DraftNode, to: DraftNode, type: string, more: Partial<Pick<DraftEdge, 'label' | 'state' | 'source'>> = {}): void {
    const key = `${from.id} ${to.id} ${type}`;
    const known = this.edgeKeys.get(key);
    if (known) {
      if (more.state && more.state !== 'ok') known.state = more.state;
      return;
    }
    const edge: DraftEdge = { from, to, type, label: '', state: to.state === 'present' && from.state === 'present' ? 'ok' : 'unknown', ...more };
    if (to.state === 'missing' || from.state === 'missing') edge.state = 'missing';
    this.edgeKeys.set(key, edge);
    this.edges.push(edge);
  }

  private push(node: Omit<DraftNode, 'id' | 'findings' | 'support'>): DraftNode {
    const draft = { ...node, id: `n${this.nodes.length}`, findings: [], support: new Set<GraphObject>() };
    this.nodes.push(draft);
    return draft;
  }
}
