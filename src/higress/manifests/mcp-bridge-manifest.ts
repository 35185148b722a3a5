import type { McpBridgeSpec } from '../../../imports/networking.higress.io';
import { compact, Manifest, ManifestMetadata, Plain } from '../../core';

/** The only name of a McpBridge that Higress reads (alibaba/higress pkg/ingress/config/ingress_config.go). */
export const MCP_BRIDGE_NAME = 'default';

/** A `McpBridge` (networking.higress.io/v1); empty lists are written out. */
export function mcpBridgeManifest({ namespace, labels, annotations }: Omit<ManifestMetadata, 'name'>, spec: Plain<McpBridgeSpec>): Manifest {
  return {
    apiVersion: 'networking.higress.io/v1',
    kind: 'McpBridge',
    metadata: compact({ name: MCP_BRIDGE_NAME, namespace, labels, annotations }),
    spec,
  };
}
