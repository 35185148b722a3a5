import type { Manifest } from '../core';
import { nameOf } from './object-key';

export function isGateway({ apiVersion, kind }: Manifest): boolean {
  return kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/');
}

/**
 * The Gateway that AI Runway's controller would use: the only one, else the first by namespace and name that carries the label.
 * Undefined when there is none, or several and none is labelled.
 */
export function chooseGateway(gateways: readonly Manifest[], domain: string, defaultNamespace: string): Manifest | undefined {
  if (gateways.length <= 1) return gateways[0];
  const labelled = gateways.filter(({ metadata }) => metadata.labels?.[`${domain}/inference-gateway`] === 'true');
  const [first] = labelled.map((gateway) => nameOf(gateway, defaultNamespace)).sort();
  return labelled.find((gateway) => nameOf(gateway, defaultNamespace) === first);
}
