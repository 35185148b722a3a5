import type { WasmPluginSpec } from '../../../imports/extensions.higress.io';
import { compact, Manifest, ManifestMetadata, Plain } from '../../core';

/** The spec of a WasmPlugin as plain data: what is given is kept, empty lists, empty objects and `false` too. */
export type WasmPluginShape = Plain<WasmPluginSpec>;

/** A `WasmPlugin` (extensions.higress.io/v1alpha1). Secrets are resolved already, see `withSecrets`. */
export function wasmPluginManifest(metadata: ManifestMetadata, spec: WasmPluginShape): Manifest {
  return {
    apiVersion: 'extensions.higress.io/v1alpha1',
    kind: 'WasmPlugin',
    metadata: compact({
      name: metadata.name, namespace: metadata.namespace, labels: metadata.labels, annotations: metadata.annotations,
    }),
    spec: compact({
      url: spec.url,
      sha256: spec.sha256,
      verificationKey: spec.verificationKey,
      imagePullPolicy: spec.imagePullPolicy,
      imagePullSecret: spec.imagePullSecret,
      pluginName: spec.pluginName,
      phase: spec.phase,
      priority: spec.priority,
      failStrategy: spec.failStrategy,
      vmConfig: spec.vmConfig,
      pluginConfig: spec.pluginConfig,
      defaultConfig: spec.defaultConfig,
      defaultConfigDisable: spec.defaultConfigDisable,
      matchRules: spec.matchRules?.map((rule) => compact({
        ingress: rule.ingress,
        domain: rule.domain,
        service: rule.service,
        routeType: rule.routeType,
        config: rule.config,
        configDisable: rule.configDisable,
      })),
    }),
  };
}
