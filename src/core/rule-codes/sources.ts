/* Upstream documents and files that several tables name. */

export const AIRUNWAY_RECONCILER = 'ai-runway/airunway controller/internal/controller/gateway_reconciler.go';
export const GAIE = 'Gateway API Inference Extension specification, inference.networking.k8s.io/v1';
export const GATEWAY_API = 'Gateway API specification, gateway.networking.k8s.io/v1';
