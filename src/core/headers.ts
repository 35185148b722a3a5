/** The header that carries the model name of a request; routes match on it. */
export const MODEL_HEADER = 'X-Gateway-Model-Name';
/** The header that carries the base model of a LoRA adapter, or of a base model that has adapters. */
export const BASE_MODEL_HEADER = 'X-Gateway-Base-Model-Name';
