import type { Point } from './geometry';
import { SIZES } from './geometry';

export interface FlowNode {
  readonly width: number;
  readonly height: number;
}

/** Nodes that were laid out from left to right, by their index. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  /** The upper left corners. */
  readonly nodes: readonly Point[];
  /** Points that an edge passes on its way, without its ends; none for neighbours. */
  readonly edges: readonly (readonly Point[])[];
}

/** Lays out small graphs; one of the same shape as another is not laid out again. */
export class FlowLayouts {
  private readonly known = new Map<string, FlowLayout>();

  public of(nodes: readonly FlowNode[], edges: readonly (readonly [number, number])[]): FlowLayout {
    const shape = JSON.stringify([nodes.map(({ width, height }) => [width, height]), edges]);
    const known = this.known.get(shape);
    if (known) return known;
    const layout = layOut(nodes, edges);
    this.known.set(shape, layout);
    return layout;
  }
}

function layOut(nodes: readonly FlowNode[], edges: readonly (readonly [number, number])[]): FlowLayout {
  if (nodes.length === 1) return { ...nodes[0], nodes: [{ x: 0, y: 0 }], edges: edges.map(() => []) };
  // Loaded only when a picture is made.
  const dagre = require('@dagrejs/dagre') as typeof import('@dagrejs/dagre', { with: { 'resolution-mode': 'import' } });
  const graph = new dagre.graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', ranksep: SIZES.ranks, nodesep: SIZES.siblings, edgesep: 8 });
  nodes.forEach(({ width, height }, index) => graph.setNode(String(index), { width, height }));
  edges.forEach(([from, to], index) => graph.setEdge(String(from), String(to), {}, String(index)));
  dagre.layout(graph);
  const placed = nodes.map(({ width, height }, index) => {
    const { x, y } = graph.node(String(index)) as Point;
    return { x: x - width / 2, y: y - height / 2 };
  });
  level(placed, nodes, edges);
  const [left, top] = [Math.min(...placed.map(({ x }) => x)), Math.min(...placed.map(({ y }) => y))];
  const corners = placed.map(({ x, y }) => ({ x: x - left, y: y - top }));
  return {
    width: Math.max(...corners.map(({ x }, index) => x + nodes[index].width)),
    height: Math.max(...corners.map(({ y }, index) => y + nodes[index].height)),
    nodes: corners,
    edges: edges.map(([from, to], index) => {
      const { points = [] } = graph.edge(String(from), String(to), String(index)) as { points?: Point[] };
      // Start, middle and end are all that neighbours need.
      return points.length > 3 ? points.slice(1, -1).map(({ x, y }) => ({ x: x - left, y: y - top })) : [];
    }),
  };
}

/** Moves nodes to the height of the only node before them, where that one leads nowhere else and the place is free. */
function level(placed: Point[], nodes: readonly FlowNode[], edges: readonly (readonly [number, number])[]): void {
  const before = nodes.map((): number[] => []);
  const after = nodes.map((): number[] => []);
  for (const [from, to] of edges) {
    before[to].push(from);
    after[from].push(to);
  }
  const order = nodes.map((_, index) => index).sort((a, b) => placed[a].x - placed[b].x || a - b);
  for (const index of order) {
    const [only, ...others] = before[index];
    if (only === undefined || others.length > 0 || after[only].length !== 1) continue;
    const moved = { x: placed[index].x, y: placed[only].y };
    if (!order.some((other) => other !== index && overlap(moved, nodes[index], placed[other], nodes[other]))) placed[index] = moved;
  }
}

function overlap(a: Point, sizeA: FlowNode, b: Point, sizeB: FlowNode): boolean {
  return a.x < b.x + sizeB.width && b.x < a.x + sizeA.width && a.y < b.y + sizeB.height + SIZES.siblings && b.y < a.y + sizeA.height + SIZES.siblings;
}
