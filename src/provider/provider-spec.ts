import type * as airunway from '../../imports/airunway.ai';
import type { Plain } from '../core';

/** `spec` of an InferenceProviderConfig exactly as its CustomResourceDefinition has it. */
export type ProviderSpec = Plain<airunway.InferenceProviderConfigSpec>;
export type EngineCapabilitySpec = NonNullable<NonNullable<ProviderSpec['capabilities']>['engines']>[number];
export type EngineGatewaySpec = NonNullable<EngineCapabilitySpec['gateway']>;

/** A provider as it registers itself. */
export interface ProviderPreset {
  readonly name: string;
  readonly spec: ProviderSpec;
  /** The parts of the key after `airunway.ai/`. */
  readonly annotations: Readonly<Record<string, string>>;
}
