import type * as gaie from '../../imports/inference.networking.k8s.io';
import { compact, Manifest, Plain } from '../core';

type PoolSpec = Plain<gaie.InferencePoolSpec>;

export interface InferencePoolPlan {
  readonly name: string;
  readonly namespace: string;
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly targetPorts: readonly number[];
  readonly endpointPicker: { readonly service: string; readonly port: number };
  readonly failureMode?: 'FailOpen' | 'FailClose';
  readonly appProtocol?: 'http' | 'kubernetes.io/h2c';
}

export function inferencePoolManifest(plan: InferencePoolPlan): Manifest {
  const { name, namespace, matchLabels, targetPorts, endpointPicker, failureMode, appProtocol } = plan;
  const spec: PoolSpec = compact<PoolSpec>({
    selector: { matchLabels: { ...matchLabels } },
    targetPorts: targetPorts.map((number) => ({ number })),
    endpointPickerRef: compact({ name: endpointPicker.service, port: { number: endpointPicker.port }, failureMode }),
    appProtocol,
  });
  return { apiVersion: 'inference.networking.k8s.io/v1', kind: 'InferencePool', metadata: { name, namespace }, spec };
}
