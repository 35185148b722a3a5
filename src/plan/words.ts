/** The software that runs a model. */
export enum EngineType {
  /** vLLM. */
  VLLM = 'vllm',
  /** SGLang. */
  SGLANG = 'sglang',
  /** TensorRT-LLM. */
  TRTLLM = 'trtllm',
  /** llama.cpp. */
  LLAMACPP = 'llamacpp',
}

/** How the work of a request is spread over pods. */
export enum ServingMode {
  /** Every pod does all of it. */
  AGGREGATED = 'aggregated',
  /** Some pods read prompts (prefill), others write answers (decode). */
  DISAGGREGATED = 'disaggregated',
}

/** The API a model server speaks. */
export enum ApiFormat {
  /** OpenAI chat completions. */
  OPENAI_CHAT = 'openai-chat',
  /** OpenAI responses. */
  OPENAI_RESPONSES = 'openai-responses',
  /** Anthropic messages. */
  ANTHROPIC_MESSAGES = 'anthropic-messages',
}
