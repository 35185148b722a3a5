import type { Mistake } from '../core';
import { WasmPluginFailStrategy, WasmPluginPhase } from './wasm-plugin-options';
import { WasmPluginUrl } from './wasm-plugin-url';

/** Options of a plugin that the catalogue does not know. */
export interface CustomPluginOptions {
  /** Where its module is. */
  readonly url: WasmPluginUrl;

  /**
   * Its configuration, in its own words. A `SecretText` may stand wherever text may.
   *
   * @default {}
   */
  readonly config?: any;

  /**
   * Phase of the chain.
   *
   * @default WasmPluginPhase.UNSPECIFIED
   */
  readonly phase?: WasmPluginPhase;

  /**
   * Priority in the phase; higher ones run first.
   *
   * @default 0
   */
  readonly priority?: number;

  /**
   * What happens to requests when it cannot be loaded.
   *
   * @default WasmPluginFailStrategy.FAIL_CLOSE, as Higress does
   */
  readonly failStrategy?: WasmPluginFailStrategy;
}

/**
 * A plugin with its configuration, and what it brings along: where its module is, its phase, priority and fail strategy.
 *
 * It is plain data: `new WasmPlugin(this, 'key-auth', { plugin: HigressPlugin.custom('my-plugin', { … }) })` renders it.
 */
export class HigressPlugin {
  /** A plugin that the catalogue does not know, or a build of your own. @param id what the plugin is called, `my-plugin` */
  public static custom(id: string, options: CustomPluginOptions): HigressPlugin {
    return new HigressPlugin({
      id,
      url: options.url,
      config: options.config ?? {},
      phase: options.phase ?? WasmPluginPhase.UNSPECIFIED,
      priority: options.priority ?? 0,
      failStrategy: options.failStrategy ?? WasmPluginFailStrategy.FAIL_CLOSE,
      mistakes: [],
    });
  }

  /** What the plugin is called: `key-auth`. */
  public readonly id: string;
  /** Where its module is. */
  public readonly url: WasmPluginUrl;
  /** Its configuration, in its own words; secrets are `SecretText`. */
  public readonly config: any;
  /** Phase of the chain. */
  public readonly phase: WasmPluginPhase;
  /** Priority in the phase; higher ones run first. */
  public readonly priority: number;
  /** What happens to requests when it cannot be loaded. */
  public readonly failStrategy: WasmPluginFailStrategy;
  private readonly mistakes: readonly Mistake[];

  private constructor(data: PluginData) {
    this.id = data.id;
    this.url = data.url;
    this.config = data.config;
    this.phase = data.phase;
    this.priority = data.priority;
    this.failStrategy = data.failStrategy;
    this.mistakes = data.mistakes;
  }

  /**
   * What is wrong with the configuration, by fields below that of the plugin.
   *
   * @internal
   */
  public _mistakes(field: string): Mistake[] {
    return this.mistakes.map((mistake) => ({ ...mistake, field: `${field}.${mistake.field}` }));
  }
}

interface PluginData {
  readonly id: string;
  readonly url: WasmPluginUrl;
  readonly config: any;
  readonly phase: WasmPluginPhase;
  readonly priority: number;
  readonly failStrategy: WasmPluginFailStrategy;
  readonly mistakes: readonly Mistake[];
}
