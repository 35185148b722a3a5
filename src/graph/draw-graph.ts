import type { Finding } from './finding';
import type { Graph } from './graph';

/** How a graph can be drawn: a picture, a page to look around in, or a diagram for pull requests. */
export const PICTURE_FORMATS = ['svg', 'html', 'mermaid'] as const;

export type PictureFormat = typeof PICTURE_FORMATS[number];

/**
 * Draws a graph with the findings of its rules.
 *
 * @param source what the graph was read from, for the title
 */
export function drawGraph(graph: Graph, findings: readonly Finding[], format: PictureFormat, source?: string): string {
  // Loaded only when something is drawn.
  const { pictureOf, svgOf, htmlOf, mermaidOf } = require('./picture') as typeof import('./picture');
  const picture = pictureOf(graph, findings);
  switch (format) {
    case 'svg': return svgOf(picture);
    case 'html': return htmlOf(picture, source);
    case 'mermaid': return mermaidOf(picture);
  }
}
