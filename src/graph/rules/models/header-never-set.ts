import type { Graph } from '../../graph';
import { distance } from '../../presence';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { isModelHeader, ModelHeaders, modelHeadersOf } from '../../views/model-headers';
import { poolByObject } from '../../views/pools';
import { gatewaysOfRoute, HeaderMatch, Route, routesOf } from '../../views/routes';
import { answersTo, servedBy } from '../../views/served-models';

export const rule: GraphRule = {
  code: 'IGW1403',
  title: 'a route matches on a header that the body-based router does not set',
  family: RuleFamily.MODELS,
  severity: Severity.ERROR,
  symptom: 'Requests for the model answer 404. The route is Accepted.',
  breaks: 'A body-based router sets X-Gateway-Model-Name and X-Gateway-Base-Model-Name, or what its --plugin flags name in place of them; '
    + 'Higress and agentgateway set the header of their configuration. Names are compared without case, and in no other way loosely.',
  source: 'pkg/bbr of the Gateway API Inference Extension v1.5.0; kserve/kserve and opendatahub guides with other header names',
  * check(graph) {
    for (const route of routesOf(graph)) {
      const gateways = gatewaysOfRoute(route).map((gateway) => modelHeadersOf(graph, gateway)).filter(({ headers }) => headers.size > 0);
      if (gateways.length === 0) continue;
      const seen = new Set<string>();
      for (const header of route.rules.flatMap(({ matches }) => matches).flatMap(({ headers }) => headers)) {
        const name = header.name.toLowerCase();
        if (seen.has(name) || gateways.some(({ headers }) => headers.has(name))) continue;
        seen.add(name);
        const meant = gateways.map((known) => meantBy(header, known)).find((one) => one !== undefined);
        if (meant === undefined) {
          if (isServed(graph, route, header) && !gateways.some(({ unknown }) => unknown)) {
            yield {
              object: route.object,
              field: [...header.path, 'name'],
              value: header.name,
              problem: 'is a header that nothing sets on this Gateway, and its value is a model of the pool: only requests of clients that set it match',
              allowed: [...new Set(gateways.flatMap(({ headers }) => [...headers.keys()]))].map(spelling).join(', '),
              fix: `match on ${spelling([...gateways[0].headers.keys()][0])}, unless clients set it`,
              severity: Severity.WARNING,
            };
          }
          continue;
        }
        const set = [...new Set(gateways.flatMap(({ headers }) => [...headers.keys()]))];
        yield {
          object: route.object,
          field: [...header.path, 'name'],
          value: header.name,
          problem: 'is a header that nothing sets on this Gateway: the route never matches, and requests answer 404',
          allowed: set.map(spelling).join(', '),
          fix: `match on ${spelling(meant)}`,
          severity: gateways.some(({ unknown }) => unknown) ? Severity.WARNING : Severity.ERROR,
        };
      }
    }
  },
};

/** The header that was meant, for one that is as good as it: other headers come from clients. */
function meantBy({ name }: HeaderMatch, { headers, unknown }: ModelHeaders): string | undefined {
  const names = [...headers.keys()];
  if (isModelHeader(name)) return unknown ? undefined : names[0];
  const plain = flat(name);
  const near = names.find((other) => flat(other) === plain) ?? names.find((other) => distance(flat(other), plain) <= 2 && plain.length > 8);
  if (near !== undefined) return near;
  return /^x-?gateway.*model/.test(name.toLowerCase()) || /^x-?higress.*model/.test(name.toLowerCase()) ? names[0] : undefined;
}

function flat(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '').slice(0, 80);
}

const SPELLINGS: Readonly<Record<string, string>> = { 'x-gateway-model-name': 'X-Gateway-Model-Name', 'x-gateway-base-model-name': 'X-Gateway-Base-Model-Name' };

function spelling(name: string): string {
  return Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : name;
}

/** Whether the value of a header is the name of a model that pods behind the route serve. */
function isServed(graph: Graph, { rules }: Route, { value, type }: HeaderMatch): boolean {
  if (type !== 'Exact') return false;
  return rules.flatMap(({ backends }) => backends).some(({ to }) => {
    const pool = to && poolByObject(graph).get(to);
    return pool !== undefined && (servedBy(graph, pool) ?? []).some((one) => answersTo(one, value));
  });
}
