import { lookalike } from '../../presence';
import { ReferenceType } from '../../reference';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { namesOf, nearestFirst } from '../nearest';

export const rule: GraphRule = {
  code: 'IGW1016',
  title: 'the Secret of a certificate does not exist',
  family: RuleFamily.NAMES,
  severity: Severity.ERROR,
  symptom: 'TLS connections to the listener are reset. The listener has ResolvedRefs=False with reason InvalidCertificateRef, and is not programmed.',
  breaks: 'A listener that ends TLS has no certificate to show. A certificateRef without a namespace means that of the Gateway.',
  source: 'Gateway API, conformance test GatewayInvalidTLSConfiguration',
  * check(graph) {
    for (const reference of graph.edges) {
      const { type, from: object, path, group, kind, namespace, name } = reference;
      // Authorities are IGW1806.
      if (type !== ReferenceType.CERTIFICATE || path.includes('caCertificateRefs') || group !== '' || kind !== 'Secret' || graph.presence(reference) !== 'missing') continue;
      const meant = lookalike(graph, reference);
      const here = namesOf(graph, '', 'Secret', namespace);
      const moved = meant !== undefined && meant.namespace !== namespace;
      yield {
        object, field: [...path, 'name'], value: name, problem: `names no Secret of namespace ${namespace}: there is no certificate to show`,
        allowed: here.length > 0 ? nearestFirst(here, name) : undefined,
        fix: moved
          ? `put it into namespace ${namespace}, or write namespace: ${meant.namespace} and add a ReferenceGrant there`
          : `add the Secret, or a cert-manager Certificate that makes it${meant ? `, or name ${meant.name}` : ''}`,
      };
    }
  },
};
