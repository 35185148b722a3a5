/** Sizes of the picture in pixels. What is drawn and what the page measures go by the same. */
export const SIZES = {
  node: { width: 232, height: 46 },
  client: { width: 92, height: 46 },
  chip: { height: 22, gap: 3, inset: 14 },
  block: { padding: 14, title: 30, gap: 14 },
  ranks: 46,
  siblings: 14,
  section: { padding: 18, title: 40, gap: 30 },
  lane: 7,
  gutter: 24,
  margin: 20,
} as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A box with its middle and ends. */
export function sidesOf({ x, y, width, height }: Box): { readonly left: Point; readonly right: Point; readonly bottom: Point } {
  return { left: { x, y: y + height / 2 }, right: { x: x + width, y: y + height / 2 }, bottom: { x: x + width / 2, y: y + height } };
}

/** A line from left to right that leaves and arrives level. */
export function curve(from: Point, to: Point, over: readonly Point[] = []): string {
  const points = [from, ...over, to];
  const parts = points.slice(1).map((point, index) => {
    const start = points[index];
    const bend = Math.max(18, Math.abs(point.x - start.x) / 2);
    return `C${n(start.x + bend)} ${n(start.y)} ${n(point.x - bend)} ${n(point.y)} ${n(point.x)} ${n(point.y)}`;
  });
  return `M${n(from.x)} ${n(from.y)}${parts.join('')}`;
}

/** Straight lines whose corners are rounded. */
export function corners(points: readonly Point[], radius = 8): string {
  const parts = [`M${n(points[0].x)} ${n(points[0].y)}`];
  for (let i = 1; i < points.length; i++) {
    const [before, at, after] = [points[i - 1], points[i], points[i + 1]];
    if (!after) {
      parts.push(`L${n(at.x)} ${n(at.y)}`);
      continue;
    }
    const r = Math.min(radius, length(before, at) / 2, length(at, after) / 2);
    const [start, end] = [towards(at, before, r), towards(at, after, r)];
    parts.push(`L${n(start.x)} ${n(start.y)}Q${n(at.x)} ${n(at.y)} ${n(end.x)} ${n(end.y)}`);
  }
  return parts.join('');
}

function length(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

function towards(from: Point, to: Point, distance: number): Point {
  const whole = length(from, to) || 1;
  return { x: from.x + ((to.x - from.x) * distance) / whole, y: from.y + ((to.y - from.y) * distance) / whole };
}

/** A number of an SVG, with one decimal at most. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
