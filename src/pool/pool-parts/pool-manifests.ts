import type { Manifest, PlacedManifest } from '../../core';
import { gcpBackendPolicyManifest, gcpPoolHealthCheckManifest, GcpPoolPlan } from '../../policy';
import { inferencePoolManifest } from '../inference-pool-manifest';
import type { ModelPoolProps } from '../model-pool';
import { ModelServerEngine } from '../model-server-engine';
import { PICKER_PORT } from '../picker/picker-plan';
import { PoolAppProtocol } from '../pool-app-protocol';

export type HealthCheck = Pick<GcpPoolPlan, 'healthPath' | 'grpcService'>;

/** What most model servers answer health checks at. A server of gRPC has no paths; vLLM's has a service of its own for it. */
export function healthCheckOf(
  { healthPath, appProtocol, endpointPicker }: Pick<ModelPoolProps, 'healthPath' | 'appProtocol' | 'endpointPicker'>,
): HealthCheck {
  if (healthPath !== undefined || appProtocol !== PoolAppProtocol.H2C) return { healthPath: healthPath ?? '/health' };
  return { grpcService: endpointPicker?.modelServer === ModelServerEngine.VLLM ? '/vllm.grpc.engine.VllmEngine/HealthCheck' : undefined };
}

/** A pool whose name, pods and ports are decided. */
export interface DecidedPool extends Pick<ModelPoolProps, 'endpointPicker' | 'endpointPickerService' | 'failureMode' | 'appProtocol'> {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly number[];
  readonly matchLabels: Readonly<Record<string, string>>;
}

export function poolManifest(pool: DecidedPool): Manifest {
  const { name, namespace, ports, matchLabels, endpointPicker, endpointPickerService, failureMode, appProtocol } = pool;
  return inferencePoolManifest({
    name,
    namespace,
    matchLabels,
    targetPorts: ports,
    endpointPicker: {
      service: endpointPickerService?.name ?? endpointPicker?.name ?? `${name}-epp`,
      port: (endpointPickerService ?? endpointPicker)?.port ?? PICKER_PORT,
    },
    failureMode,
    appProtocol,
  });
}

/** What a Google Cloud load balancer needs to know of a pool. */
export function poolPolicies(plan: GcpPoolPlan): PlacedManifest[] {
  return [
    { id: 'GCPBackendPolicy', manifest: gcpBackendPolicyManifest(plan) },
    { id: 'HealthCheckPolicy', manifest: gcpPoolHealthCheckManifest(plan) },
  ];
}
