import { filled, integer, items, map, Path, text } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { servicesOf } from '../../views/services';

export const rule: GraphRule = {
  code: 'IGW1225',
  title: 'two ports of a Service are the same, or have no names',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the Service: "Duplicate value" or "Required value". What asks it gets no answer.',
  breaks: 'The ports of a Service differ in number or protocol, and where there are several, each has a name of its own.',
  source: 'Kubernetes, the validation of Services; llm-d/llm-d#1383',
  * check(graph) {
    for (const { object } of servicesOf(graph)) {
      const ports = items(object.manifest, ['spec', 'ports']);
      if (ports.length < 2) continue;
      const seen = new Map<string, Path>();
      for (const { value, path } of ports) {
        const { name, port, protocol } = map(value);
        const number = integer(port);
        const keys: [key: string, field: string, value: unknown, what: string][] = [
          ...number === undefined ? [] : [[`port ${text(protocol) ?? 'TCP'} ${number}`, 'port', number, 'is the number of two ports'] as [string, string, unknown, string]],
          ...filled(name) === undefined ? [] : [[`name ${name}`, 'name', name, 'is the name of two ports'] as [string, string, unknown, string]],
        ];
        if (filled(name) === undefined) {
          yield { object, field: [...path, 'name'], problem: `is missing, and there are ${ports.length} ports: the API server refuses the Service`, fix: 'name each port' };
        }
        for (const [key, field, offending, what] of keys) {
          const other = seen.get(key);
          if (other) {
            yield {
              object, field: [...path, field], value: offending, problem: `${what}: the API server refuses the Service`, fix: 'change or remove one of them', related: [{ object, field: other, note: 'the other one' }],
            };
          } else {
            seen.set(key, [...path, field]);
          }
        }
      }
    }
  },
};
