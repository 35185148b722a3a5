import type { Graph } from '../../graph';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { view } from '../../view';
import { bodyRoutersOf, PlugType } from '../../views/body-routers';
import { flagOf } from '../../views/command-line';

export const rule: GraphRule = {
  code: 'IGW1224',
  title: 'Envoy Gateway and a body-based router do not agree on TLS',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Every request through the gateway answers 500. The EnvoyExtensionPolicy is accepted.',
  breaks: 'Envoy Gateway speaks plaintext to the Service of an external processor unless a BackendTLSPolicy targets it, and the router serves TLS '
    + 'unless --secure-serving=false.',
  source: 'Envoy Gateway, EnvoyExtensionPolicy extProc.backendRefs; pkg/bbr/server/options.go of the Gateway API Inference Extension',
  * check(graph) {
    for (const router of bodyRoutersOf(graph)) {
      const { object, line, secureServing, container, plugs } = router;
      const plug = plugs.find(({ type, service }) => type === PlugType.ENVOY_EXTENSION_POLICY && service?.object);
      if (!plug || secureServing === undefined) continue;
      const policy = policies(graph).get(plug.service!.object!.object);
      const flag = flagOf(line, 'secure-serving');
      if (secureServing && !policy) {
        yield {
          object,
          field: flag?.path ?? [...container.path, 'args'],
          problem: `serves TLS, and Envoy Gateway speaks plaintext to it: no BackendTLSPolicy targets ${plug.service!.object!.object}; every request through the gateway answers 500`,
          fix: 'add the flag --secure-serving=false',
          related: [{ object: plug.object, field: plug.path, note: 'asks the router' }],
        };
      } else if (!secureServing && policy) {
        yield {
          object: policy,
          field: ['spec', 'targetRefs'],
          problem: `makes Envoy Gateway speak TLS to ${object}, which serves plaintext; every request through the gateway answers 500`,
          fix: 'remove the policy, or let the flag --secure-serving be true',
          related: [{ object, field: flag?.path ?? container.path, note: 'TLS is off' }],
        };
      }
    }
  },
};

/** The BackendTLSPolicies of the set by what they target. */
const policies = view((graph: Graph) => new Map(graph.ofKind('gateway.networking.k8s.io', 'BackendTLSPolicy').flatMap((policy) => (
  graph.edgesFrom(policy).flatMap(({ type, to }) => (type === ReferenceType.TARGET && to ? [[to, policy] as const] : []))))));
