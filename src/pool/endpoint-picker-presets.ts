/** Options of `EndpointPickerConfig.prefillDecode`. */
export interface PrefillDecodeOptions {
  /**
   * Prompt tokens that are not cached on the decode pod, from which on a prefill pod is used.
   *
   * @default 16
   */
  readonly nonCachedTokens?: number;

  /**
   * Port of the decode pods requests are sent to, when their routing sidecar listens on another than the pool's. Only llm-d's scheduler knows it.
   *
   * @default - the pool's
   */
  readonly primaryPort?: number;
}

/** Options of `EndpointPickerConfig.precisePrefix`. */
export interface PrecisePrefixOptions {
  /** The model whose tokenizer is used, as on Hugging Face. */
  readonly modelName: string;

  /**
   * Tokens of a block of the KV cache. Must be the `--block-size` of the model servers.
   *
   * @default 16
   */
  readonly blockSize?: number;

  /**
   * Seed of the block hashes. Must be `PYTHONHASHSEED` of the model servers.
   *
   * @default - none
   */
  readonly hashSeed?: string;

  /**
   * Where the llm-d router sends prompts to be tokenized: a vLLM server, or one that only renders.
   *
   * @default http://localhost:8000
   */
  readonly tokenizerUrl?: string;

  /**
   * ZeroMQ address at which events of the KV caches arrive, as in `tcp://0.0.0.0:5557`.
   *
   * @default - upstream's
   */
  readonly kvEventsEndpoint?: string;
}
