import { addTo } from '../view';
import { visible } from '../visible';
import { Picture, PictureBlock, PictureEdge, PictureNode, PictureSection, rankOf } from './picture';
import { counted } from './words';

/** As many paths are drawn one by one; of the rest, one node for each namespace. GitHub refuses very large diagrams. */
const MOST_BLOCKS = 12;
const MOST_NODES = 60;
const LONGEST_LABEL = 60;
const MOST_NAMES = 8;

const CLASSES = [
  'classDef error fill:#fde3e3,stroke:#c81e1e,stroke-width:2px,color:#7a1212',
  'classDef warning fill:#fdeecb,stroke:#975a00,stroke-width:2px,color:#5c3700',
  'classDef missing fill:#fff4f4,stroke:#c81e1e,stroke-dasharray:5 3,color:#7a1212',
  'classDef unknown fill:none,stroke:#808a99,stroke-dasharray:2 3',
];

/** Round for what lets requests in, a cylinder for pools, a box for the rest. */
const SHAPES: Readonly<Record<string, readonly [string, string]>> = {
  client: ['([', '])'], gateway: ['{{', '}}'], pool: ['[(', ')]'], service: ['(', ')'],
};

/** A picture as a Mermaid flowchart, for pull requests. Paths with findings come first; without any, large sets are summed up. */
export function mermaidOf(picture: Picture): string {
  return new Chart(picture).lines().join('\n').concat('\n');
}

class Chart {
  private readonly nodes: ReadonlyMap<string, PictureNode>;
  private readonly drawn = new Set<string>();

  public constructor(private readonly picture: Picture) {
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  }

  public lines(): string[] {
    const blocks = this.picture.sections.flatMap((section) => section.blocks);
    const chosen = new Set(blocks.length <= MOST_BLOCKS ? blocks : [...blocks].filter(({ severity }) => rankOf(severity) > 0)
      .sort((a, b) => rankOf(b.severity) - rankOf(a.severity)).slice(0, MOST_BLOCKS));
    const sections = this.picture.sections.flatMap((section) => this.section(section, chosen));
    const edges = this.edges();
    const bad = edges.flatMap(({ edge: { state } }, index) => (state === 'broken' || state === 'missing' ? [index + sections.filter((line) => line.includes(' --> ')).length] : []));
    return [
      'flowchart LR',
      ...sections,
      ...edges.map(({ line }) => line),
      ...CLASSES.map((line) => `  ${line}`),
      ...bad.length > 0 ? [`  linkStyle ${bad.join(',')} stroke:#c81e1e,stroke-width:2px`] : [],
    ];
  }

  private section(section: PictureSection, chosen: ReadonlySet<PictureBlock>): string[] {
    const { id, title, entries, blocks } = section;
    const gateways = entries.filter((entry) => this.nodes.get(entry)!.role === 'gateway');
    const rest = blocks.filter((block) => !chosen.has(block));
    return [
      `  subgraph ${id}["${label(title)}"]`,
      ...gateways.length > 0 ? [`    client_${id}([client])`] : [],
      ...entries.slice(0, MOST_NODES).flatMap((entry) => this.node(entry, '    ')),
      ...gateways.filter((gateway) => this.drawn.has(gateway)).map((gateway) => `    client_${id} --> ${gateway}`),
      ...blocks.filter((block) => chosen.has(block)).flatMap((block) => [
        `    subgraph ${block.id}["${label([block.title, ...block.namespaces].join(' · '))}"]`,
        ...block.nodes.filter((node) => this.nodes.get(node)!.owner === undefined || this.isTold(node)).slice(0, MOST_NODES).flatMap((node) => this.node(node, '      ')),
        '    end',
      ]),
      ...this.sums(section, rest),
      '  end',
    ];
  }

  /** What is drawn onto others is only told of where there is something to see. */
  private isTold(id: string): boolean {
    const { role, state, findings } = this.nodes.get(id)!;
    return role !== 'listener' && (state === 'missing' || findings.length > 0);
  }

  private sums({ id, entries }: PictureSection, rest: readonly PictureBlock[]): string[] {
    const byNamespace = new Map<string, PictureBlock[]>();
    for (const block of rest) {
      const namespace = block.namespaces.join(', ');
      addTo(byNamespace, namespace, block);
    }
    const groups = [...byNamespace].slice(0, MOST_NODES);
    const left = [...byNamespace].slice(MOST_NODES).reduce((sum, [, blocks]) => sum + blocks.length, 0);
    const gateway = entries.find((entry) => this.nodes.get(entry)!.role === 'gateway' && this.drawn.has(entry));
    const node = (index: number, text: string, isBad: boolean) => [
      `    more_${id}_${index}["${text}"]${isBad ? ':::warning' : ''}`,
      ...gateway === undefined ? [] : [`    ${gateway} --> more_${id}_${index}`],
    ];
    return [
      ...groups.flatMap(([namespace, blocks], index) => {
        const names = blocks.slice(0, MOST_NAMES).map(({ title }) => label(title)).join(', ');
        const more = blocks.length > MOST_NAMES ? ', …' : '';
        const bad = blocks.filter(({ severity }) => rankOf(severity) > 1).length;
        const found = bad > 0 ? `${counted(bad, 'path')} with findings` : 'no findings';
        return node(index, `<b>${label(namespace === '' ? 'cluster' : namespace)}</b>: ${counted(blocks.length, 'path')}, ${found}<br/>${names}${more}`, bad > 0);
      }),
      ...left > 0 ? node(groups.length, `${counted(left, 'more path')}`, false) : [],
    ];
  }

  private node(id: string, indent: string): string[] {
    const { role, kind, label: name, detail, state, findings, severity } = this.nodes.get(id)!;
    this.drawn.add(id);
    const [open, close] = SHAPES[role] ?? ['[', ']'];
    // What is found on a listener is the gateway's.
    const onListeners = this.picture.nodes.filter(({ owner, role: other }) => owner === id && other === 'listener').flatMap((listener) => listener.findings);
    const codes = [...new Set([...findings, ...onListeners].map((index) => this.picture.findings[index].code))];
    const text = [
      `<b>${label(name)}</b>`, label([kind, ...state === 'missing' ? ['missing'] : state === 'unknown' ? ['not in this set'] : [], ...detail === '' ? [] : [detail]].join(' · ')),
      ...codes.length > 0 ? [label(codes.join(' '))] : [],
    ].join('<br/>');
    const style = severity === 'error' || severity === 'warning' ? severity : codes.length > 0 && severity === undefined ? 'warning' : state === 'present' ? '' : state;
    return [`${indent}${id}${open}"${text}"${close}${style === '' ? '' : `:::${style}`}`];
  }

  private edges(): { readonly edge: PictureEdge; readonly line: string }[] {
    const seen = new Set<string>();
    return this.picture.edges.flatMap((edge) => {
      const [from, to] = [edge.from, edge.to].map((id) => (this.drawn.has(id) ? id : this.nodes.get(id)!.owner ?? id));
      if (!this.drawn.has(from) || !this.drawn.has(to)) return [];
      const arrow = edge.state === 'ok' ? '-->' : edge.state === 'broken' ? '==>' : '-.->';
      const start = this.nodes.get(edge.from)!;
      const ghost = start.owner !== undefined && start.state === 'missing' ? [`${start.kind} ${start.label}`] : [];
      const words = [...ghost, ...edge.label === '' ? [] : [edge.label], ...edge.state === 'broken' || edge.state === 'missing' ? [edge.state] : []].join(' ');
      const line = `  ${from} ${arrow}${words === '' ? '' : `|"${label(words)}"|`} ${to}`;
      if (seen.has(line)) return [];
      seen.add(line);
      return [{ edge, line }];
    });
  }
}

/** Text in quotes. Whatever Mermaid or its HTML could take for more than text is written as a number. */
function label(text: string): string {
  const plain = [...visible(text).replace(/\s+/g, ' ')];
  const short = plain.length > LONGEST_LABEL ? [...plain.slice(0, LONGEST_LABEL - 1), '…'] : plain;
  return short.map((character) => (SAFE.test(character) ? character : `#${character.codePointAt(0)};`)).join('');
}

const SAFE = /^[\p{L}\p{N} .,:·…/_=+-]$/u;
