import { at } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { destinationRuleFor } from '../../views/destination-rules';
import { istioClients, processorLinks } from '../../views/processors';
import { speaksHttp2 } from '../../views/services';

export const rule: GraphRule = {
  code: 'IGW1205',
  title: 'the gateway speaks HTTP/1.1 to an endpoint picker or body-based router',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request to the model answers 500; for a body-based router, every request through the gateway. All conditions are True.',
  breaks: 'Both are asked over gRPC, which is HTTP/2. Istio speaks HTTP/2 to a port only if its appProtocol or the start of its name says so.',
  source: 'istio/istio pkg/config/kube/conversion.go; observed with Istio 1.30',
  * check(graph) {
    const seen = new Set<unknown>();
    for (const link of processorLinks(graph)) {
      const { service, servicePort, severity, what, outcome } = link;
      if (!servicePort || servicePort.protocol !== 'TCP' || speaksHttp2(servicePort) || seen.has(servicePort)) continue;
      const clients = istioClients(graph, link);
      const upgraded = (client: string) => isUpgraded(destinationRuleFor(graph, client, service.namespace, service.name)?.object.manifest);
      if (clients.every(upgraded)) continue;
      seen.add(servicePort);
      const { path, name, appProtocol } = servicePort;
      const unnamed = `has no appProtocol${name === undefined ? ' and no name' : `, and its name ${name} does not start with grpc-`}`;
      yield {
        object: service.object,
        field: appProtocol === undefined ? path : [...path, 'appProtocol'],
        ...appProtocol === undefined ? {} : { value: appProtocol },
        problem: `${appProtocol === undefined ? unnamed : 'is not HTTP/2'}, so that the gateway speaks HTTP/1.1 to the ${what}; ${outcome}`,
        allowed: 'kubernetes.io/h2c, grpc, HTTP2',
        fix: appProtocol === undefined ? 'set appProtocol: kubernetes.io/h2c, or a name that starts with grpc-' : 'set kubernetes.io/h2c',
        severity,
      };
    }
  },
};

/** Whether a rule has HTTP/1.1 raised to HTTP/2. */
function isUpgraded(rule: unknown): boolean {
  return at(rule, ['spec', 'trafficPolicy', 'connectionPool', 'http', 'h2UpgradePolicy']) === 'UPGRADE';
}
