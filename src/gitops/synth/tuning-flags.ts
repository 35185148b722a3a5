/**
 * Flags with numbers that tune a model server, of vLLM, SGLang, TensorRT-LLM and llama.cpp. The graph reads none of them, so models that differ in
 * nothing else are right or wrong together.
 */
export const TUNING_FLAGS = [
  'max-model-len', 'max-num-seqs', 'max-num-batched-tokens', 'max-logprobs', 'gpu-memory-utilization', 'swap-space', 'cpu-offload-gb', 'seed',
  'tensor-parallel-size', 'pipeline-parallel-size', 'context-length', 'mem-fraction-static', 'max-running-requests', 'max-total-tokens',
  'max-prefill-tokens', 'chunked-prefill-size', 'cuda-graph-max-bs', 'max_seq_len', 'max_batch_size', 'max_num_tokens',
  'kv_cache_free_gpu_memory_fraction', 'ctx-size', 'batch-size', 'n-gpu-layers', 'threads',
];
const TUNED = new RegExp(`(--(?:${TUNING_FLAGS.join('|')})(?:=|[\\s",-]+))[0-9]+(?:\\.[0-9]+)?(?![\\w.])`, 'g');

/** YAML or JSON without the numbers of such flags, to compare models by. */
export function withoutTuning(text: string): string {
  return text.replace(TUNED, '$1#');
}
