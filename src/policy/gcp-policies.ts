import { compact, Manifest } from '../core';

export interface GcpPoolPlan {
  readonly pool: string;
  readonly namespace: string;
  readonly port: number;
  /** Path the load balancer's health check asks for; absent for a check of gRPC. */
  readonly healthPath?: string;
  /** Service that a check of gRPC asks for; absent for the server as a whole. */
  readonly grpcService?: string;
  readonly timeoutSeconds: number;
}

/** GKE routes carry no timeouts: the pool's backend policy does. */
export function gcpBackendPolicyManifest({ pool, namespace, timeoutSeconds }: GcpPoolPlan): Manifest {
  return {
    apiVersion: 'networking.gke.io/v1',
    kind: 'GCPBackendPolicy',
    metadata: { name: pool, namespace },
    spec: { targetRef: poolRef(pool), default: { timeoutSec: timeoutSeconds, logging: { enabled: true } } },
  };
}

/** Without it the load balancer probes `/`, which model servers answer with 404, and takes every pod out. */
export function gcpPoolHealthCheckManifest({ pool, namespace, port, healthPath, grpcService }: GcpPoolPlan): Manifest {
  const config = healthPath === undefined ? grpcCheck(port, grpcService) : { type: 'HTTP', httpHealthCheck: { requestPath: healthPath, port } };
  return {
    apiVersion: 'networking.gke.io/v1',
    kind: 'HealthCheckPolicy',
    metadata: { name: pool, namespace },
    spec: {
      targetRef: poolRef(pool),
      default: { timeoutSec: 2, checkIntervalSec: 2, config },
    },
  };
}

/** A gRPC health check on a fixed port of a Service. */
export function gcpGrpcHealthCheckManifest(service: string, namespace: string, port: number): Manifest {
  return {
    apiVersion: 'networking.gke.io/v1',
    kind: 'HealthCheckPolicy',
    metadata: { name: service, namespace },
    spec: {
      targetRef: { group: '', kind: 'Service', name: service },
      default: { logConfig: { enabled: true }, config: grpcCheck(port) },
    },
  };
}

function grpcCheck(port: number, grpcServiceName?: string): object {
  return { type: 'GRPC', grpcHealthCheck: compact({ portSpecification: 'USE_FIXED_PORT', port, grpcServiceName }) };
}

function poolRef(name: string): object {
  return { group: 'inference.networking.k8s.io', kind: 'InferencePool', name };
}
