import { compare } from '../graph';
import { addTo } from '../view';
import type { DraftNode, Drafts } from './drafts';
import { PictureBlock, PictureSection, rankOf, worst } from './picture';

/** A route with more backends than this stands with the gateways, and each of its models by itself. */
const MOST_BACKENDS = 8;

/** Title of what no gateway leads to. */
const DETACHED = 'Not behind a gateway of this set';

/** What hangs together once gateways and what is plugged into them are taken away, put below those gateways. */
export function sectionsOf(drafts: Drafts, modelsOf: (node: DraftNode) => readonly string[]): PictureSection[] {
  const mains = drafts.nodes.filter(({ owner }) => owner === undefined);
  const mainOf = (node: DraftNode) => node.owner ?? node;
  const entries = entriesOf(drafts, mains);
  const blocks = new Groups(mains.filter((node) => !entries.has(node)));
  for (const { from, to } of drafts.edges) {
    const [a, b] = [mainOf(from), mainOf(to)];
    if (!entries.has(a) && !entries.has(b)) blocks.join(a, b);
  }
  const sections = new Groups(mains);
  for (const { from, to } of drafts.edges) sections.join(mainOf(from), mainOf(to));

  const attached = new Map<DraftNode, DraftNode[]>();
  for (const node of drafts.nodes) if (node.owner) addTo(attached, node.owner, node);
  const toBlock = (members: readonly DraftNode[]): PictureBlock => {
    const nodes = members.flatMap((node) => [node, ...attached.get(node) ?? []]);
    return {
      id: `b${members[0].id.slice(1)}`,
      title: titleOf(members, modelsOf),
      namespaces: [...new Set(members.map(({ namespace }) => namespace).filter((namespace) => namespace !== ''))].sort(compare),
      severity: worst(nodes.map(({ severity }) => severity)),
      nodes: nodes.map(({ id }) => id),
    };
  };
  const bySection = new Map<DraftNode, { entries: DraftNode[]; blocks: PictureBlock[] }>();
  const detached: PictureBlock[] = [];
  for (const node of mains) {
    if (!entries.has(node)) continue;
    const root = sections.rootOf(node);
    const known = bySection.get(root);
    if (known) known.entries.push(node);
    else bySection.set(root, { entries: [node], blocks: [] });
  }
  for (const members of blocks.all()) {
    const section = bySection.get(sections.rootOf(members[0]));
    (section?.blocks ?? detached).push(toBlock(members));
  }
  const found = [...bySection.values()].map((section): PictureSection => ({
    id: '',
    title: sectionTitle(section.entries),
    severity: worst(section.entries.flatMap((entry) => [entry, ...attached.get(entry) ?? []]).map(({ severity }) => severity)),
    entries: section.entries.map(({ id }) => id),
    blocks: sorted(section.blocks),
  }));
  // Gateways come first, what nothing leads to last.
  const ordered = found.sort((a, b) => b.blocks.length - a.blocks.length || compare(a.title, b.title));
  return [...ordered, ...detached.length > 0 ? [{ id: '', title: DETACHED, entries: [], blocks: sorted(detached) }] : []]
    .map((section, index) => ({ ...section, id: `s${index}` }));
}

/** Gateways, what is plugged into them, and routes that lead to very many models. */
function entriesOf(drafts: Drafts, mains: readonly DraftNode[]): ReadonlySet<DraftNode> {
  const entries = new Set(mains.filter(({ role }) => role === 'gateway' || role === 'plugin' || role === 'router'));
  const into = new Map<DraftNode, DraftNode[]>();
  const out = new Map<DraftNode, Set<DraftNode>>();
  for (const { from, to } of drafts.edges) {
    const [a, b] = [from.owner ?? from, to.owner ?? to];
    addTo(into, b, a);
    out.set(a, (out.get(a) ?? new Set()).add(b));
  }
  for (const node of mains) {
    if (node.role === 'route' && (out.get(node)?.size ?? 0) > MOST_BACKENDS) entries.add(node);
  }
  // The Service between a plugin and its workload.
  for (const node of mains) {
    if (node.role === 'service' && (into.get(node) ?? []).some(({ role }) => role === 'plugin') && into.get(node)!.every((other) => entries.has(other))) entries.add(node);
  }
  for (const node of mains) {
    const before = into.get(node) ?? [];
    if (node.role === 'workload' && before.length > 0 && before.every((other) => other.role === 'service' && entries.has(other))) entries.add(node);
  }
  return entries;
}

function sectionTitle(entries: readonly DraftNode[]): string {
  const gateways = entries.filter(({ role }) => role === 'gateway');
  const shown = gateways.length > 0 ? gateways : entries;
  const names = shown.slice(0, 3).map(({ kind, namespace, label }) => `${kind} ${namespace === '' ? '' : `${namespace}/`}${label}`);
  return `${names.join(', ')}${shown.length > 3 ? ` and ${shown.length - 3} more` : ''}`;
}

function titleOf(members: readonly DraftNode[], modelsOf: (node: DraftNode) => readonly string[]): string {
  const routes = members.filter(({ role }) => role === 'route');
  const models = [...new Set(members.flatMap((node) => modelsOf(node)))];
  const present = members.filter(({ state }) => state === 'present');
  const others = [routes, members.filter(({ role }) => role === 'pool'), present, members].find((nodes) => nodes.length > 0)!;
  const names = models.length > 0 ? models : others.map(({ label }) => label);
  return `${names[0]}${names.length > 1 ? ` +${names.length - 1}` : ''}`;
}

/** What is broken comes first. */
function sorted(blocks: readonly PictureBlock[]): PictureBlock[] {
  return [...blocks].sort((a, b) => rankOf(b.severity) - rankOf(a.severity)
    || natural(a.namespaces.join(' '), b.namespaces.join(' ')) || natural(a.title, b.title) || compare(a.id, b.id));
}

const NUMBERS = new Intl.Collator('en', { numeric: true });

/** `model-2` before `model-10`. */
function natural(a: string, b: string): number {
  return NUMBERS.compare(a, b) || compare(a, b);
}

/** Sets of nodes that are joined one by one. */
class Groups {
  private readonly parents = new Map<DraftNode, DraftNode>();

  public constructor(private readonly nodes: readonly DraftNode[]) {}

  public rootOf(node: DraftNode): DraftNode {
    let root = node;
    for (let next = this.parents.get(root); next; next = this.parents.get(root)) root = next;
    // Shorten the way for the next one who asks.
    for (let step = node; step !== root;) {
      const next = this.parents.get(step)!;
      this.parents.set(step, root);
      step = next;
    }
    return root;
  }

  public join(a: DraftNode, b: DraftNode): void {
    const [left, right] = [this.rootOf(a), this.rootOf(b)];
    if (left !== right) this.parents.set(right, left);
  }

  /** In the order of their first nodes. */
  public all(): DraftNode[][] {
    const found = new Map<DraftNode, DraftNode[]>();
    for (const node of this.nodes) {
      const root = this.rootOf(node);
      addTo(found, root, node);
    }
    return [...found.values()];
  }
}
