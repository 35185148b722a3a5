import { IConstruct } from 'constructs';
import type { PlacedManifest } from '../core';
import { destinationRuleManifest } from '../policy';

const TRUSTED = Symbol.for('cdk8s-inference-gateway.managed-pickers');

/**
 * What tells Istio's data plane that the endpoint picker of a provider's own speaks TLS. Models whose pools share a picker share the rule:
 * the first that asks gets it.
 */
export function trustManagedPicker(scope: IConstruct, service: string, namespace: string): PlacedManifest[] {
  const trusted = trustedOf(scope.node.root);
  const key = `${namespace}/${service}`;
  if (trusted.has(key)) return [];
  trusted.add(key);
  return [{ id: 'DestinationRule', manifest: destinationRuleManifest({ name: service, namespace, service, version: 'v1beta1' }) }];
}

function trustedOf(root: IConstruct): Set<string> {
  const holder = root as IConstruct & { [TRUSTED]?: Set<string> };
  if (!holder[TRUSTED]) Object.defineProperty(holder, TRUSTED, { value: new Set<string>() });
  return holder[TRUSTED]!;
}
