import type { Manifest } from '../../core';
import { destinationRuleManifest } from '../../policy';
import type { EndpointPickerTls } from '../endpoint-picker-tls';

/** How Istio's data plane reaches a picker: verified where there is something to verify against. */
export function pickerDestinationRule(service: string, namespace: string, tls: EndpointPickerTls): Manifest {
  const rule = destinationRuleManifest({ name: service, namespace, service, version: 'v1beta1' });
  if (!tls._caSecret) return rule;
  const host = `${service}.${namespace}.svc.cluster.local`;
  const verified = { mode: 'SIMPLE', credentialName: tls._caSecret, subjectAltNames: [host], sni: host };
  return { ...rule, spec: { host, trafficPolicy: { tls: verified } } };
}
