import { GraphRule, RuleFamily, Severity } from '../../rule';
import { bodyRoutersOf } from '../../views/body-routers';
import { flagOf, numberOf } from '../../views/command-line';
import { pickersOf } from '../../views/endpoint-pickers';
import { isPicker, nameOf, pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1309',
  title: 'an endpoint picker or body-based router has one port for two purposes',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The pod restarts again and again: "address already in use", or "port conflict". Requests answer 500.',
  breaks: 'Requests of the gateway, health checks and metrics are served by servers of their own, each on a port of its own.',
  source: 'pkg/epp/server/options.go and pkg/bbr/server/options.go of the Gateway API Inference Extension v1.5.0',
  * check(graph) {
    for (const processor of [...pickersOf(graph), ...bodyRoutersOf(graph)]) {
      const { object, line, grpcPort, healthPort, container } = processor;
      const ports: [flag: string, port: number | undefined][] = [
        ['grpc-port', grpcPort], ['grpc-health-port', healthPort], ['metrics-port', numberOf(line, 'metrics-port', 9090)],
      ];
      const clash = ports.flatMap(([flag, port], index) => {
        const other = ports.slice(0, index).find(([, earlier]) => port !== undefined && earlier === port);
        return other ? [{ flag, other: other[0], port }] : [];
      })[0];
      if (!clash) continue;
      const given = [flagOf(line, clash.flag), flagOf(line, clash.other)].find((flag) => flag !== undefined);
      yield {
        object,
        field: given?.valuePath ?? [...container.path, 'args'],
        value: clash.port,
        problem: `is both --${clash.other} and --${clash.flag}: the ${nameOf(processor)} exits at start`,
        fix: 'set another port for one of them',
        ...isPicker(processor) ? { severity: pickerSeverity(graph, processor) } : {},
      };
    }
  },
};
