/** The engine of model servers, by which the endpoint picker finds their metrics. */
export enum ModelServerEngine {
  /** vLLM. */
  VLLM = 'vllm',
  /** SGLang. */
  SGLANG = 'sglang',
  /** TensorRT-LLM's own server, 1.3 or later. Its metrics are at `/prometheus/metrics`. */
  TRTLLM_SERVE = 'trtllm-serve',
  /** Triton with the TensorRT-LLM backend. */
  TRITON_TENSORRT_LLM = 'triton-tensorrt-llm',
}
