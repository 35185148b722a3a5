import { Construct, IConstruct } from 'constructs';
import { kubeObject } from '../core';
import { destinationRuleManifest } from '../policy';

const TRUSTED = Symbol.for('cdk8s-inference-gateway.managed-pickers');

/**
 * Tells Istio's data plane that the endpoint picker of a provider's own speaks TLS. Models whose pools share a picker share the rule.
 */
export function trustManagedPicker(scope: Construct, service: string, namespace: string): void {
  const trusted = trustedOf(scope.node.root);
  const key = `${namespace}/${service}`;
  if (trusted.has(key)) return;
  trusted.add(key);
  kubeObject(scope, 'DestinationRule', destinationRuleManifest({ name: service, namespace, service, version: 'v1beta1' }));
}

function trustedOf(root: IConstruct): Set<string> {
  const holder = root as IConstruct & { [TRUSTED]?: Set<string> };
  if (!holder[TRUSTED]) Object.defineProperty(holder, TRUSTED, { value: new Set<string>() });
  return holder[TRUSTED]!;
}
