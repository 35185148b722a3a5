import type { Manifest } from '../core';

export interface DestinationRulePlan {
  readonly name: string;
  readonly namespace: string;
  /** The Service it is about, in the same namespace. */
  readonly service: string;
  /** The group's version: the AI Runway controller sends v1beta1, charts v1. Istio serves both. */
  readonly version: 'v1' | 'v1beta1';
}

/**
 * Tells Istio's data plane to speak TLS to a Service whose pods present a self-signed certificate. Without it, and without
 * `insecureSkipVerify`, every request answers 500 while all conditions stay True.
 */
export function destinationRuleManifest({ name, namespace, service, version }: DestinationRulePlan): Manifest {
  return {
    apiVersion: `networking.istio.io/${version}`,
    kind: 'DestinationRule',
    metadata: { name, namespace },
    spec: {
      host: `${service}.${namespace}.svc.cluster.local`,
      trafficPolicy: { tls: { mode: 'SIMPLE', insecureSkipVerify: true } },
    },
  };
}
