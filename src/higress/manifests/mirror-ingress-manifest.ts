import { compact, Manifest } from '../../core';
import { MCP_BRIDGE_NAME } from './mcp-bridge-manifest';

/** The label of what a running GPUStack server may replace. */
export const MANAGED: Readonly<Record<string, string>> = { 'gpustack.ai/managed': 'true' };

export interface MirrorIngressOptions {
  readonly name: string;
  readonly namespace: string;
  readonly ingressClass: string;
  /** `gpustack.static:80` */
  readonly destination: string;
  readonly hostname?: string;
  readonly tlsSecretName?: string;
  /** Whether GPUStack would write the same; without the label it leaves the Ingress alone. */
  readonly managed: boolean;
}

/** The Ingress that leads to the GPUStack server through its registry. */
export function mirrorIngressManifest(options: MirrorIngressOptions): Manifest {
  const { name, namespace, ingressClass, destination, hostname, tlsSecretName, managed } = options;
  const backend = { resource: { apiGroup: 'networking.higress.io', kind: 'McpBridge', name: MCP_BRIDGE_NAME } };
  const http = () => ({ paths: [{ path: '/', pathType: 'Prefix', backend }] });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      namespace,
      ...(managed ? { labels: { ...MANAGED } } : {}),
      annotations: { 'higress.io/destination': destination, 'higress.io/ignore-path-case': 'false' },
    },
    spec: compact({
      ingressClassName: ingressClass,
      tls: tlsSecretName === undefined ? undefined : [compact({ hosts: hostname === undefined ? undefined : [hostname], secretName: tlsSecretName })],
      // In this order: GPUStack compares the rules one by one.
      rules: [{ http: http() }, ...(hostname === undefined ? [] : [{ host: hostname, http: http() }])],
    }),
  };
}
