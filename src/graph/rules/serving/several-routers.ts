import { GraphRule, RuleFamily, Severity } from '../../rule';
import { isBodyPlug, plugsByGateway } from '../../views/body-routers';

export const rule: GraphRule = {
  code: 'IGW1217',
  title: 'several body-based routers on one Gateway',
  family: RuleFamily.SERVING,
  severity: Severity.WARNING,
  symptom: 'Every body is read and parsed more than once. When one of the routers fails, all requests do.',
  breaks: 'Each filter reads the whole body and sets the same headers; the last one wins.',
  source: 'Gateway API Inference Extension, body-based routing: one for each Gateway',
  * check(graph) {
    const seen = new Set<unknown>();
    for (const [gateway, plugs] of plugsByGateway(graph)) {
      const [first, ...more] = plugs.filter((plug) => isBodyPlug(graph, plug));
      for (const plug of more) {
        if (seen.has(plug)) continue;
        seen.add(plug);
        yield {
          object: plug.object,
          field: plug.path,
          problem: `adds a body-based router to ${gateway.object}, which has one by ${first.object === plug.object ? 'the same object' : first.object} already`,
          fix: 'remove one of the two',
          related: [{ object: first.object, field: first.path, note: 'the other one' }],
        };
      }
    }
  },
};
