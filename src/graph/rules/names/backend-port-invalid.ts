import { GraphRule, RuleFamily, Severity } from '../../rule';
import { routesOf } from '../../views/routes';
import { findService } from '../../views/services';

export const rule: GraphRule = {
  code: 'IGW1011',
  title: 'a backendRef names no port of its Service',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the route (no port), or every request of the rule answers 500 (a port that the Service does not have).',
  breaks: 'A Service can have several ports, so a backendRef has to say which: the port of the Service, not that of the container. For an InferencePool it is ignored.',
  source: 'Gateway API, BackendObjectReference ("Must have port for Service reference")',
  * check(graph) {
    for (const { object, rules } of routesOf(graph)) {
      for (const { backends, mirrors } of rules) {
        for (const { group, kind, namespace, name, port, path } of [...backends, ...mirrors]) {
          if (group !== '' || kind !== 'Service' || name === '') continue;
          const service = findService(graph, namespace, name);
          const ports = service?.ports.map((one) => one.port) ?? [];
          if (port === undefined) {
            const written = object.get(...path, 'port');
            yield {
              object, field: [...path, 'port'], ...(written === undefined ? {} : { value: written }),
              problem: written === undefined ? 'is missing: a Service has to be given one' : 'is not a whole number',
              allowed: ports.join(', ') || undefined, fix: 'write the number of a port of the Service',
            };
          } else if (service && ports.length > 0 && !ports.includes(port)) {
            const target = service.ports.find(({ targetPort }) => targetPort === port);
            yield {
              object, field: [...path, 'port'], value: port, problem: `is no port of Service ${namespace}/${name}`, allowed: ports.join(', '),
              fix: target ? `write ${target.port}, which leads to port ${port} of the pods` : 'name a port of the Service, or add it there',
              related: [{ object: service.object, field: ['spec', 'ports'], note: 'the ports there are' }],
            };
          }
        }
      }
    }
  },
};
