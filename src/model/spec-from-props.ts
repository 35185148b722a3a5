import { compact, sizeToQuantity } from '../core';
import { EnvVarSpec, ModelDeploymentSpec, ServingMode, TolerationSpec } from '../plan';
import type { ModelDeploymentProps, ModelResources } from './model-deployment-props';
import type { EnvVariable, KeyRef, Toleration } from './pod-options';
import { componentSpec } from './serving';

/** What the user wrote, as the `spec` of a ModelDeployment; nothing is defaulted. */
export function specFromProps(props: ModelDeploymentProps): ModelDeploymentSpec {
  const disaggregated = props.serving?.mode === ServingMode.DISAGGREGATED;
  const token = props.huggingFaceToken?.name ?? props.huggingFaceTokenSecretName;
  return compact<ModelDeploymentSpec>({
    model: props.model._spec(),
    provider: noneIfEmpty({ name: props.provider?.providerName, overrides: props.providerOverrides }),
    engine: props.engine?._spec(),
    serving: disaggregated ? { mode: 'disaggregated' } : undefined,
    scaling: noneIfEmpty({
      replicas: props.replicas,
      prefill: props.serving?.roles && componentSpec(props.serving.roles.prefill),
      decode: props.serving?.roles && componentSpec(props.serving.roles.decode),
    }),
    resources: props.resources && resourcesSpec(props.resources),
    image: props.image,
    env: props.env?.map(envSpec),
    podTemplate: props.podLabels || props.podAnnotations
      ? { metadata: compact({ labels: props.podLabels, annotations: props.podAnnotations }) }
      : undefined,
    secrets: token === undefined ? undefined : { huggingFaceToken: token },
    gateway: noneIfEmpty({ enabled: props.gatewayEnabled, modelName: props.modelName, httpRouteRef: props.httpRouteRef }),
    nodeSelector: props.nodeSelector,
    tolerations: props.tolerations?.map(tolerationSpec),
  });
}

function resourcesSpec({ gpus, gpuType, memory, cpu }: ModelResources): NonNullable<ModelDeploymentSpec['resources']> {
  return compact({
    gpu: noneIfEmpty({ count: gpus, type: gpuType }),
    memory: memory && sizeToQuantity(memory),
    cpu,
  });
}

function envSpec({ name, value, fromSecret, fromConfigMap, fromField }: EnvVariable): EnvVarSpec {
  const valueFrom = noneIfEmpty({
    secretKeyRef: fromSecret && keyRef(fromSecret),
    configMapKeyRef: fromConfigMap && keyRef(fromConfigMap),
    fieldRef: fromField === undefined ? undefined : { fieldPath: fromField },
  });
  return compact({ name, value, valueFrom });
}

function tolerationSpec({ key, operator, value, effect, tolerationSeconds }: Toleration): TolerationSpec {
  return compact({ key, operator, value, effect, tolerationSeconds });
}

function keyRef({ name, key, optional }: KeyRef): { name: string; key: string; optional?: boolean } {
  return compact({ name, key, optional });
}

function noneIfEmpty<T extends object>(value: T): T | undefined {
  const result = compact(value);
  return Object.keys(result).length > 0 ? result : undefined;
}
