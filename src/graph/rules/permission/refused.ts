import type { Graph } from '../../graph';
import type { Listener } from '../../views/gateways';
import { Attachment, Refusal, Route, routesOf } from '../../views/routes';

export interface RefusedRoute {
  readonly route: Route;
  readonly attachment: Attachment;
  /** The listeners that refuse it for this reason; at least one. */
  readonly listeners: readonly Listener[];
}

/** What was looked at last, when all listeners refuse a route: a listener that asks for more was closer to taking it. */
const ORDER: readonly Refusal[] = ['hostname', 'namespace', 'kind'];

/** Parents that take a route nowhere, by the reason of the listener that came closest to taking it. One route has one reason a parent. */
export function* refusedFor(graph: Graph, reason: Refusal): Iterable<RefusedRoute> {
  for (const route of routesOf(graph)) {
    for (const attachment of route.attachments) {
      const { candidates, accepted, refused } = attachment;
      if (candidates.length === 0 || accepted.length > 0) continue;
      const main = ORDER.find((one) => refused.some(({ why }) => why === one));
      if (main === reason) yield { route, attachment, listeners: refused.filter(({ why }) => why === reason).map(({ listener }) => listener) };
    }
  }
}
