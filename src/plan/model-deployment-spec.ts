import type * as airunway from '../../imports/airunway.ai';
import type { Plain } from '../core';

/** `spec` of a ModelDeployment exactly as its CustomResourceDefinition has it; nothing is defaulted yet. */
export type ModelDeploymentSpec = Plain<airunway.ModelDeploymentSpec>;

export type EngineSpec = NonNullable<ModelDeploymentSpec['engine']>;
export type StorageVolumeSpec = NonNullable<NonNullable<ModelDeploymentSpec['model']['storage']>['volumes']>[number];
export type ComponentSpec = NonNullable<NonNullable<ModelDeploymentSpec['scaling']>['prefill']>;
export type EnvVarSpec = NonNullable<ModelDeploymentSpec['env']>[number];
export type TolerationSpec = NonNullable<ModelDeploymentSpec['tolerations']>[number];

export const ENGINE_NAMES = ['vllm', 'sglang', 'trtllm', 'llamacpp'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

export const SERVING_MODES = ['aggregated', 'disaggregated'] as const;
export type ServingModeName = (typeof SERVING_MODES)[number];

export const MODEL_SOURCES = ['huggingface', 'custom'] as const;
export type ModelSourceName = (typeof MODEL_SOURCES)[number];

export const VOLUME_PURPOSES = ['modelCache', 'compilationCache', 'custom'] as const;
export type VolumePurposeName = (typeof VOLUME_PURPOSES)[number];

export const ACCESS_MODES = ['ReadWriteOnce', 'ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOncePod'] as const;
export type AccessModeName = (typeof ACCESS_MODES)[number];
