import type { Picture } from './picture';

/** A box: x, y, width, height. */
export type PageBox = readonly [number, number, number, number];

/** What the script of the page is given. */
export interface PageData extends Picture {
  readonly width: number;
  readonly height: number;
  /** By the ids of nodes, blocks and sections. */
  readonly boxes: Readonly<Record<string, PageBox>>;
}
