import type * as gatewayApi from '../../../imports/gateway.networking.k8s.io';
import { compact, Plain } from '../../core';
import type { AllowedRoutes } from '../allowed-routes';
import type { GatewayListener } from '../gateway-listener';

export type ListenerSpec = Plain<gatewayApi.GatewaySpecListeners>;
type RouteNamespaces = NonNullable<NonNullable<ListenerSpec['allowedRoutes']>['namespaces']>;

const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

export function listenerSpec(gatewayName: string, listener: GatewayListener): ListenerSpec {
  const { certificate } = listener;
  return compact<ListenerSpec>({
    name: listener.name,
    protocol: listener.protocol,
    port: listener.port,
    hostname: listener.hostname,
    tls: certificate && {
      mode: 'Terminate',
      certificateRefs: [compact({ name: secretNameOf(gatewayName, listener), namespace: certificate.secretNamespace })],
    },
  });
}

export function secretNameOf(gatewayName: string, listener: GatewayListener): string {
  return listener.certificate?.secretName ?? `${gatewayName}-${listener.name}-tls`;
}

/** The listener with its `allowedRoutes`, once every namespace that attaches is known. */
export function withAllowedRoutes(listener: ListenerSpec, policy: AllowedRoutes, own: string, attached: ReadonlySet<string>): ListenerSpec {
  const namespaces = routeNamespaces(listener.allowedRoutes?.namespaces, policy, own, attached);
  return namespaces ? { ...listener, allowedRoutes: { ...listener.allowedRoutes, namespaces } } : listener;
}

function routeNamespaces(
  present: RouteNamespaces | undefined, policy: AllowedRoutes, own: string, attached: ReadonlySet<string>,
): RouteNamespaces | undefined {
  switch (policy.from) {
    case 'All': return { from: 'All' };
    case 'Same': return { from: 'Same' };
    case 'Selector': return { from: 'Selector', selector: { matchLabels: policy.labels } };
    case 'Attached': return attachedNamespaces(present, own, attached);
    default: return undefined;
  }
}

/**
 * The live controller overwrites `All` and selectors by other labels with its own list, which evicts routes that were accepted
 * before. Here `All` stays, and so does a selector that does not name namespaces.
 */
function attachedNamespaces(present: RouteNamespaces | undefined, own: string, attached: ReadonlySet<string>): RouteNamespaces | undefined {
  const foreign = [...attached].filter((namespace) => namespace !== own);
  if (!present && foreign.length === 0) return { from: 'Same' };
  if (present?.from === 'All') return undefined;
  const listed = present?.from === 'Selector' ? listedNamespaces(present) : [own];
  if (listed === undefined) return undefined;
  // The live controller leaves a list alone that suffices, even one without the own namespace.
  if (present && [...attached].every((namespace) => listed.includes(namespace))) return undefined;
  const values = [...new Set([own, ...listed, ...foreign])].sort();
  return { from: 'Selector', selector: { matchExpressions: [{ key: NAMESPACE_NAME, operator: 'In', values }] } };
}

/** The namespaces a selector names; undefined when it selects by anything else, or by nothing, which is every namespace. */
function listedNamespaces({ selector }: RouteNamespaces): readonly string[] | undefined {
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  const requirements = [...labels, ...selector?.matchExpressions ?? []];
  if (requirements.length === 0 || requirements.some(({ key, operator }) => key !== NAMESPACE_NAME || operator !== 'In')) return undefined;
  // A namespace must meet all of them.
  return requirements.map(({ values }) => values ?? []).reduce((left, right) => left.filter((namespace) => right.includes(namespace)));
}
