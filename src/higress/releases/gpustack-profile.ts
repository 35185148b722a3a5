import type { GpuStackPlan } from '../gpustack-plan';
import type { WasmPluginMatchRule, WasmPluginPhase } from '../wasm-plugin-options';

/** The gateway of one GPUStack release, as data. */
export interface GpuStackProfile {
  readonly plugins: readonly PluginProfile[];
  /** Whether `gateway_plugin` exists: options of single plugins. */
  readonly hasPluginOptions: boolean;
}

/** One WasmPlugin of a release. */
export interface PluginProfile {
  /** Name of the WasmPlugin. */
  readonly name: string;
  /** Name of the plugin in the module's URL, and key of `gateway_plugin`. */
  readonly plugin: string;
  readonly version: string;
  readonly phase: WasmPluginPhase;
  readonly priority: number;
  /** A worker's gateway has it too. */
  readonly onWorkers: boolean;
  /** Whether `imagePullPolicy` is written out. A wrong presence costs one rewrite at each start of GPUStack. */
  readonly pullPolicy: boolean;
  readonly config: (plan: GpuStackPlan) => Readonly<Record<string, unknown>>;
  /** No key at all when absent. */
  readonly matchRules?: (plan: GpuStackPlan) => readonly WasmPluginMatchRule[];
  /** What a running server writes, as JSON pointers. */
  readonly writtenAtRunTime?: readonly string[];
}
