import type { Manifest } from '../core';

/**
 * The Gateway that AI Runway's controller would use: the only one, else the first by namespace and name that carries the label.
 * Undefined when there is none, or several and none is labelled. A name that is given goes before all that.
 */
export function chooseGateway(gateways: readonly Manifest[], domain: string, wanted?: string): Manifest | undefined {
  if (wanted) return gateways.find((gateway) => keyOf(gateway) === wanted);
  if (gateways.length <= 1) return gateways[0];
  return [...gateways].sort(byNamespaceAndName).find(({ metadata }) => metadata.labels?.[`${domain}/inference-gateway`] === 'true');
}

function byNamespaceAndName(a: Manifest, b: Manifest): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function keyOf({ metadata }: Manifest): string {
  return `${metadata.namespace ?? 'default'}/${metadata.name}`;
}
