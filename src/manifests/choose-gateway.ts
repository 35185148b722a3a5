import type { Manifest } from '../core';

/**
 * The Gateway that AI Runway's controller would use: the only one, else the first by namespace and name that carries the label.
 * Undefined when there is none, or several and none is labelled.
 */
export function chooseGateway(gateways: readonly Manifest[], domain: string): Manifest | undefined {
  if (gateways.length <= 1) return gateways[0];
  return [...gateways].sort(byNamespaceAndName).find(({ metadata }) => metadata.labels?.[`${domain}/inference-gateway`] === 'true');
}

function byNamespaceAndName(a: Manifest, b: Manifest): number {
  const key = ({ metadata }: Manifest) => `${metadata.namespace ?? 'default'}/${metadata.name}`;
  return key(a) < key(b) ? -1 : 1;
}
