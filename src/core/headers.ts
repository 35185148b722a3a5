/** The header that carries the model name of a request; routes match on it. */
export const MODEL_HEADER = 'X-Gateway-Model-Name';
