import { gcpBackendPolicyManifest, gcpGrpcHealthCheckManifest, gcpPoolHealthCheckManifest } from '../../src/policy';

const plan = { pool: 'qwen3', namespace: 'team-a', port: 8000, healthPath: '/health', timeoutSeconds: 300 };
const targetRef = { group: 'inference.networking.k8s.io', kind: 'InferencePool', name: 'qwen3' };

test('the smallest pool gets its timeout from a GCPBackendPolicy', () => {
  expect(gcpBackendPolicyManifest(plan)).toEqual({
    apiVersion: 'networking.gke.io/v1',
    kind: 'GCPBackendPolicy',
    metadata: { name: 'qwen3', namespace: 'team-a' },
    spec: { targetRef, default: { timeoutSec: 300, logging: { enabled: true } } },
  });
});

test('the pods of a pool are asked for their health path on their port', () => {
  expect(gcpPoolHealthCheckManifest(plan)).toEqual({
    apiVersion: 'networking.gke.io/v1',
    kind: 'HealthCheckPolicy',
    metadata: { name: 'qwen3', namespace: 'team-a' },
    spec: {
      targetRef,
      default: { timeoutSec: 2, checkIntervalSec: 2, config: { type: 'HTTP', httpHealthCheck: { requestPath: '/health', port: 8000 } } },
    },
  });
});

test('the pods of a pool without a health path are asked over gRPC', () => {
  const checkOf = (grpcService?: string) => (gcpPoolHealthCheckManifest({ ...plan, healthPath: undefined, grpcService }) as any).spec.default.config;
  expect(checkOf()).toEqual({ type: 'GRPC', grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8000 } });
  expect(checkOf('/a.B/C')).toEqual({ type: 'GRPC', grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 8000, grpcServiceName: '/a.B/C' } });
});

test('a Service is asked over gRPC on a fixed port', () => {
  expect(gcpGrpcHealthCheckManifest('bbr', 'edge', 9005)).toEqual({
    apiVersion: 'networking.gke.io/v1',
    kind: 'HealthCheckPolicy',
    metadata: { name: 'bbr', namespace: 'edge' },
    spec: {
      targetRef: { group: '', kind: 'Service', name: 'bbr' },
      default: { logConfig: { enabled: true }, config: { type: 'GRPC', grpcHealthCheck: { portSpecification: 'USE_FIXED_PORT', port: 9005 } } },
    },
  });
});
