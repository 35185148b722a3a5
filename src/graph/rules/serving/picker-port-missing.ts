import { GraphRule, RuleFamily, Severity } from '../../rule';
import { poolsOf } from '../../views/pools';

export const rule: GraphRule = {
  code: 'IGW1220',
  title: 'an InferencePool names no port of its endpoint picker',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the InferencePool: endpointPickerRef needs a port when it names a Service.',
  breaks: 'Without the pool the route has no backend, and every request to the model answers 500.',
  source: 'Gateway API Inference Extension v1.5.0, the validation of InferencePool spec.endpointPickerRef',
  * check(graph) {
    for (const { object, picker } of poolsOf(graph)) {
      if (!picker || picker.path.at(-1) === 'extensionRef' || picker.group !== '' || picker.kind !== 'Service') continue;
      const path = [...picker.path, 'port', 'number'];
      const value = object.get(...path);
      if (picker.port !== undefined && picker.port >= 1 && picker.port <= 65535) continue;
      const ports = picker.service?.ports.map(({ port }) => port) ?? [];
      yield {
        object,
        field: value === undefined ? [...picker.path, 'port'] : path,
        ...value === undefined ? {} : { value },
        problem: value === undefined ? 'is missing: the API server refuses endpointPickerRef without port when it names a Service' : 'is no port number: the API server refuses the pool',
        ...ports.length > 0 ? { allowed: ports.join(', ') } : {},
        fix: `set port.number to ${ports[0] ?? 9002}`,
      };
    }
  },
};
