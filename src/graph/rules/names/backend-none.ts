import { map } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { RouteRule, routesOf } from '../../views/routes';

/** Filters that answer a request, or that may. */
const ANSWERS = new Set(['RequestRedirect', 'ExtensionRef', 'DirectResponse']);

export const rule: GraphRule = {
  code: 'IGW1023',
  title: 'a rule of a route sends requests nowhere',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'Every request of the rule answers 500, or 404 with some gateways. All conditions are True.',
  breaks: 'A rule needs a backend with a weight above 0, or a filter that answers by itself, such as a redirect.',
  source: 'Gateway API, HTTPRouteRule backendRefs and HTTPBackendRef weight',
  * check(graph) {
    for (const { object, kind, rules } of routesOf(graph)) {
      if (kind !== 'HTTPRoute' && kind !== 'GRPCRoute') continue;
      const written = object.get('spec', 'rules');
      if (kind === 'HTTPRoute' && map(object.manifest.spec) === object.manifest.spec && (written === undefined || written === null)) {
        yield { object, field: ['spec', 'rules'], problem: 'is missing: the route takes every request and sends it nowhere', fix: 'write the rules: what is matched, and where it goes' };
      }
      for (const one of rules) {
        const { path, backends, filters } = one;
        if (filters.some(({ type }) => ANSWERS.has(type))) continue;
        if (backends.length === 0) {
          yield { object, field: [...path, 'backendRefs'], problem: 'is missing or empty: requests go nowhere', fix: 'name the InferencePool or Service that serves the requests' };
        } else if (isClosed(one)) {
          yield { object, field: [...backends[0].path, 'weight'], value: 0, problem: `is the weight of ${backends.length === 1 ? 'the only backend' : 'all backends'}: requests go nowhere`, fix: 'give a backend a weight above 0' };
        }
      }
    }
  },
};

function isClosed({ backends }: RouteRule): boolean {
  return backends.every(({ weight }) => weight === 0);
}
