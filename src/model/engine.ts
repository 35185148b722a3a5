import { compact } from '../core';
import { EngineSpec, EngineType } from '../plan';

/** Options of an engine. */
export interface EngineOptions {
  /**
   * Longest context, in tokens. TensorRT-LLM fixes it when the engine is built and ignores it here.
   *
   * @default - the model's own
   */
  readonly contextLength?: number;

  /**
   * Whether prompts that start alike share their cache. Endpoint pickers that score by prefix need it.
   *
   * @default true
   */
  readonly enablePrefixCaching?: boolean;

  /**
   * Whether CUDA graphs are left out: starts faster, runs slower.
   *
   * @default false
   */
  readonly enforceEager?: boolean;

  /**
   * Whether code that comes with the model may run. It runs as the server does.
   *
   * @default false
   */
  readonly trustRemoteCode?: boolean;

  /**
   * Flags of the engine by name, without leading dashes; an empty value makes a switch. They go before derived flags of the same
   * name.
   *
   * @default - none
   */
  readonly args?: { [flag: string]: string };

  /**
   * Flags of the engine as they stand, after all others.
   *
   * @default - none
   */
  readonly extraArgs?: string[];

  /**
   * Container image.
   *
   * @default - the provider's
   */
  readonly image?: string;
}

/** The software that runs a model, and its flags. */
export class Engine {
  /** vLLM. */
  public static vllm(options: EngineOptions = {}): Engine {
    return new Engine(EngineType.VLLM, options);
  }

  /** SGLang. */
  public static sglang(options: EngineOptions = {}): Engine {
    return new Engine(EngineType.SGLANG, options);
  }

  /** TensorRT-LLM. */
  public static tensorRtLlm(options: EngineOptions = {}): Engine {
    return new Engine(EngineType.TRTLLM, options);
  }

  /** llama.cpp. */
  public static llamaCpp(options: EngineOptions = {}): Engine {
    return new Engine(EngineType.LLAMACPP, options);
  }

  /** Whichever engine AI Runway's controller chooses, with these flags. */
  public static autoSelected(options: EngineOptions = {}): Engine {
    return new Engine(undefined, options);
  }

  /** The engine; undefined when the controller chooses. */
  public readonly type?: EngineType;
  /** Its flags. */
  public readonly options: EngineOptions;

  private constructor(type: EngineType | undefined, options: EngineOptions) {
    this.type = type;
    this.options = options;
  }

  /** @internal */
  public _spec(): EngineSpec {
    return compact({ type: this.type, ...this.options });
  }
}
