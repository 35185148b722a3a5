import { addTo } from '../view';
import { FlowLayouts } from './flow-layout';
import { Box, corners, curve, Point, sidesOf, SIZES } from './geometry';
import { Picture, PictureBlock, PictureEdge, PictureNode, PictureSection } from './picture';

export interface PlacedEdge {
  readonly edge: PictureEdge;
  readonly path: string;
  /** Where its label stands. */
  readonly label: Point;
}

export interface PlacedBlock extends Box {
  readonly block: PictureBlock;
}

export interface PlacedSection extends Box {
  readonly section: PictureSection;
  /** Where requests come in; none when there is no gateway. */
  readonly client?: Box;
  readonly blocks: readonly PlacedBlock[];
}

/** A picture with a place for everything. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly sections: readonly PlacedSection[];
  /** The boxes of all nodes, by id. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: readonly PlacedEdge[];
  /** From clients to gateways. */
  readonly arrivals: readonly { readonly section: string; readonly to: string; readonly path: string }[];
}

/** How wide the picture is for its height, about. */
const ASPECT = 1.5;
const LEAST_HEIGHT = 150;
/** A section's heading has room. */
const LEAST_WIDTH = 560;

/** Lays a picture out: gateways on top of their section, their models below in columns, each from left to right. */
export function layoutOf(picture: Picture): Layout {
  return new Placing(picture).run();
}

interface Arranged {
  readonly block: PictureBlock;
  readonly width: number;
  readonly height: number;
  readonly place: (at: Point) => void;
}

class Placing {
  private readonly nodes: ReadonlyMap<string, PictureNode>;
  private readonly chips = new Map<string, PictureNode[]>();
  private readonly outgoing = new Map<string, PictureEdge[]>();
  private readonly layouts = new FlowLayouts();
  private readonly boxes = new Map<string, Box>();
  private readonly placed = new Map<PictureEdge, PlacedEdge>();
  private readonly arrivals: { section: string; to: string; path: string }[] = [];

  public constructor(private readonly picture: Picture) {
    this.nodes = new Map(picture.nodes.map((node) => [node.id, node]));
    for (const node of picture.nodes) if (node.owner !== undefined) addTo(this.chips, node.owner, node);
    for (const edge of picture.edges) addTo(this.outgoing, this.mainOf(edge.from), edge);
  }

  public run(): Layout {
    const { margin } = SIZES;
    const { columns, height } = this.columnsOf();
    // From far away, headings are as tall as they are near by.
    const gap = Math.max(SIZES.section.gap, height * 0.035);
    const place = (section: PictureSection, at: Point) => this.placeSection(section, at, columns, gap - SIZES.section.gap);
    const sizes = this.picture.sections.map((section) => place(section, { x: 0, y: 0 }));
    this.arrivals.length = 0;
    const stacks = stacksOf(sizes, gap);
    let x: number = margin;
    let tallest: number = 0;
    const sections = stacks.flatMap((stack) => {
      const width = stack.reduce((most, size) => Math.max(most, size.width), LEAST_WIDTH);
      let y: number = margin;
      const placed = stack.map(({ section }) => {
        const done = place(section, { x, y });
        y += done.height + gap;
        return { ...done, width };
      });
      x += width + SIZES.gutter;
      tallest = Math.max(tallest, y - gap);
      return placed;
    });
    return {
      width: sections.length === 0 ? 520 : x - SIZES.gutter + margin,
      height: Math.max(tallest, margin) + margin,
      sections,
      boxes: this.boxes,
      edges: this.picture.edges.flatMap((edge) => this.placed.get(edge) ?? []),
      arrivals: this.arrivals,
    };
  }

  /** As many columns as make the whole picture about as wide as a screen. */
  private columnsOf(): { readonly columns: number; readonly height: number } {
    const blocks = this.picture.sections.flatMap((section) => section.blocks);
    const arranged = blocks.map((block) => this.arrange(block));
    const height = arranged.reduce((sum, block) => sum + block.height + SIZES.block.gap, 0);
    const width = arranged.reduce((most, block) => Math.max(most, block.width), 0) + SIZES.gutter;
    const columns = blocks.length < 4 ? 1 : Math.max(1, Math.min(blocks.length, Math.round(Math.sqrt((height * ASPECT) / width))));
    return { columns, height: height / columns };
  }

  private placeSection(section: PictureSection, at: Point, columns: number, gap: number): PlacedSection {
    const { padding } = SIZES.section;
    const title = SIZES.section.title + (section.entries.length > 0 ? 0 : gap * 0.4);
    const inner = { x: at.x + padding, y: at.y + title };
    const band = this.placeEntries(section, inner);
    const lanes = this.lanesOf(section);
    const channel = band.height + (lanes.size > 0 ? 16 + lanes.size * SIZES.lane : 0);
    const gutter = SIZES.gutter + lanes.size * SIZES.lane;
    const grid = this.placeGrid(section.blocks, { x: inner.x, y: inner.y + channel }, columns, lanes.size > 0 ? gutter : 0);
    this.routeLanes(section, lanes, inner.y + band.height + 8, gutter);
    return {
      section,
      ...at,
      width: Math.max(band.width, grid.width) + 2 * padding,
      height: title + channel + grid.height + padding,
      client: band.client,
      blocks: grid.blocks,
    };
  }

  /** Client, gateways and what is plugged into them. */
  private placeEntries({ id, entries }: PictureSection, at: Point): { readonly width: number; readonly height: number; readonly client?: Box } {
    if (entries.length === 0) return { width: 0, height: 0 };
    const ways = entries.flatMap((entry) => (this.outgoing.get(entry) ?? []).filter(({ to }) => entries.includes(this.mainOf(to))));
    const first = entries.filter((entry) => this.nodes.get(entry)!.role === 'gateway' && !ways.some(({ to }) => this.mainOf(to) === entry));
    const start = first.length > 0 ? 1 : 0;
    const indices = new Map(entries.map((entry, index) => [entry, index + start]));
    const layout = this.layouts.of(
      [...start ? [SIZES.client] : [], ...entries.map((entry) => this.footprint(entry))],
      [
        ...start ? first.map((entry): [number, number] => [0, indices.get(entry)!]) : [],
        ...ways.map(({ from, to }): [number, number] => [indices.get(this.mainOf(from))!, indices.get(this.mainOf(to))!]),
      ],
    );
    entries.forEach((entry, index) => this.placeNode(entry, shifted(layout.nodes[index + start], at)));
    ways.forEach((edge, index) => this.placeWay(edge, layout.edges[index + (start ? first.length : 0)], at));
    const client = start ? { ...shifted(layout.nodes[0], at), ...SIZES.client } : undefined;
    // Level with the first gateway, whose listeners make it tall.
    const level = client && first.length === 1 ? { ...client, y: this.boxes.get(first[0])!.y } : client;
    if (level) first.forEach((to) => this.arrivals.push({ section: id, to, path: curve(sidesOf(level).right, sidesOf(this.boxes.get(to)!).left) }));
    return { width: layout.width, height: layout.height, client: level };
  }

  /** One lane for each entry that leads to blocks. */
  private lanesOf({ entries }: PictureSection): ReadonlyMap<string, number> {
    const leading = entries.filter((entry) => (this.outgoing.get(entry) ?? []).some(({ to }) => !entries.includes(this.mainOf(to))));
    return new Map(leading.map((entry, index) => [entry, Math.min(index, 11)]));
  }

  /** From below an entry along its lane to the left of each block that it leads to. */
  private routeLanes({ entries }: PictureSection, lanes: ReadonlyMap<string, number>, y: number, gutter: number): void {
    const members = new Set(entries);
    for (const [entry, lane] of lanes) {
      const box = this.boxes.get(entry)!;
      const bottom = box.y + this.footprint(entry).height;
      const start = { x: box.x + 7, y: bottom };
      for (const edge of this.outgoing.get(entry)!) {
        const target = this.boxes.get(edge.to);
        if (!target || members.has(this.mainOf(edge.to))) continue;
        const level = y + lane * SIZES.lane;
        const column = this.columnStarts.get(this.mainOf(edge.to)) ?? target.x;
        const x = column - gutter + 10 + lane * SIZES.lane;
        const end = sidesOf(target).left;
        this.placed.set(edge, {
          edge,
          path: corners([start, { x: start.x, y: level }, { x, y: level }, { x, y: end.y }, end]),
          label: { x: (Math.max(x, column) + end.x) / 2, y: end.y - 30 },
        });
      }
    }
  }

  private readonly columnStarts = new Map<string, number>();

  /** Blocks in columns of about equal height, read from top to bottom. */
  private placeGrid(blocks: readonly PictureBlock[], at: Point, columns: number, gutter: number): Box & { readonly blocks: readonly PlacedBlock[] } {
    const arranged = blocks.map((block) => this.arrange(block));
    const gap = SIZES.block.gap;
    // In a wall of blocks, all are of a size that has room for a name from far away.
    const isWall = columns >= 3;
    const least = { width: isWall ? arranged.reduce((most, { width }) => Math.max(most, width), 0) : 0, height: isWall ? LEAST_HEIGHT : 0 };
    const heights = arranged.map(({ height }) => Math.max(height, least.height) + gap);
    let left = heights.reduce((sum, height) => sum + height, 0);
    let goal = left / columns;
    let column = 1;
    const placed: PlacedBlock[] = [];
    let [x, y, wide, tall] = [at.x + gutter, at.y, 0, 0];
    for (const { block, place, ...size } of arranged) {
      const [width, height] = [Math.max(size.width, least.width), Math.max(size.height, least.height)];
      if (y > at.y && column < columns && y - at.y + height / 2 > goal) {
        left -= y - at.y;
        column++;
        goal = left / (columns - column + 1);
        x += wide + Math.max(gutter, SIZES.gutter);
        y = at.y;
        wide = 0;
      }
      place({ x, y });
      block.nodes.forEach((node) => this.columnStarts.set(node, x));
      placed.push({ block, x, y, width, height });
      y += height + gap;
      wide = Math.max(wide, width);
      tall = Math.max(tall, y - gap - at.y);
    }
    return { ...at, width: blocks.length > 0 ? x + wide - at.x : 0, height: tall, blocks: placed };
  }

  private readonly arrangements = new Map<string, Arranged>();

  private arrange(block: PictureBlock): Arranged {
    const known = this.arrangements.get(block.id);
    if (known) return known;
    const ids = block.nodes.filter((id) => this.nodes.get(id)!.owner === undefined)
      .sort((a, b) => roleOrder(this.nodes.get(a)!) - roleOrder(this.nodes.get(b)!));
    const indices = new Map(ids.map((id, index) => [id, index]));
    const ways = ids.flatMap((id) => (this.outgoing.get(id) ?? []).filter(({ to }) => indices.has(this.mainOf(to))));
    const layout = this.layouts.of(
      ids.map((id) => this.footprint(id)),
      ways.map(({ from, to }): [number, number] => [indices.get(this.mainOf(from))!, indices.get(this.mainOf(to))!]),
    );
    const { padding, title } = SIZES.block;
    const arranged = {
      block,
      width: layout.width + 2 * padding,
      height: layout.height + title + padding,
      place: ({ x, y }: Point) => {
        const inner = { x: x + padding, y: y + title };
        ids.forEach((id, index) => this.placeNode(id, shifted(layout.nodes[index], inner)));
        ways.forEach((edge, index) => this.placeWay(edge, layout.edges[index], inner));
      },
    };
    this.arrangements.set(block.id, arranged);
    return arranged;
  }

  private placeNode(id: string, { x, y }: Point): void {
    this.boxes.set(id, { x, y, ...SIZES.node });
    const { height, gap, inset } = SIZES.chip;
    (this.chips.get(id) ?? []).forEach((chip, index) => {
      this.boxes.set(chip.id, { x: x + inset, y: y + SIZES.node.height + gap + index * (height + gap), width: SIZES.node.width - inset, height });
    });
  }

  private placeWay(edge: PictureEdge, over: readonly Point[], at: Point): void {
    const [from, to] = [sidesOf(this.boxes.get(edge.from)!).right, sidesOf(this.boxes.get(edge.to)!).left];
    this.placed.set(edge, {
      edge,
      path: curve(from, to, over.map((point) => shifted(point, at))),
      label: { x: (from.x + to.x) / 2, y: from.y + (to.y - from.y) * 0.8 - 6 },
    });
  }

  /** A node with what is drawn onto it. */
  private footprint(id: string): { readonly width: number; readonly height: number } {
    const chips = this.chips.get(id)?.length ?? 0;
    return { width: SIZES.node.width, height: SIZES.node.height + chips * (SIZES.chip.height + SIZES.chip.gap) };
  }

  private mainOf(id: string): string {
    return this.nodes.get(id)!.owner ?? id;
  }
}

/** Few sections stand below each other; many small ones in several stacks, so that they fit a screen. */
function stacksOf(sizes: readonly PlacedSection[], gap: number): (readonly PlacedSection[])[] {
  const height = sizes.reduce((sum, size) => sum + size.height + gap, 0);
  const width = sizes.reduce((most, size) => Math.max(most, size.width), LEAST_WIDTH) + SIZES.gutter;
  const count = sizes.length < 4 ? 1 : Math.min(sizes.length, Math.max(1, Math.round(Math.sqrt((height * ASPECT) / width))));
  const stacks: PlacedSection[][] = [[]];
  let [tall, left] = [0, height];
  for (const size of sizes) {
    if (tall > 0 && stacks.length < count && tall + size.height / 2 > left / (count - stacks.length + 1)) {
      left -= tall;
      tall = 0;
      stacks.push([]);
    }
    stacks[stacks.length - 1].push(size);
    tall += size.height + gap;
  }
  return stacks;
}

const ORDER = ['client', 'gateway', 'plugin', 'route', 'pool', 'registry', 'service', 'picker', 'router', 'workload'];

function roleOrder({ role }: PictureNode): number {
  const index = ORDER.indexOf(role);
  return index < 0 ? ORDER.length : index;
}

function shifted({ x, y }: Point, by: Point): Point {
  return { x: x + by.x, y: y + by.y };
}
