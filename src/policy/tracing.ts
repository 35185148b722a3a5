/** Where the traces of a process go, and which. */
export interface TracingPlan {
  /** The OTLP endpoint. */
  readonly endpoint: string;
  readonly sampler?: string;
  readonly sampleRatio?: number;
}

interface Variable { readonly name: string; readonly value?: string; readonly valueFrom?: object }

/**
 * The environment by which OpenTelemetry's SDK sends traces, as the charts of the Gateway API Inference Extension set it.
 *
 * @param namespace the pod's namespace, or a reference to a variable before these that holds it
 */
export function tracingEnv(service: string, namespace: string, { endpoint, sampler, sampleRatio }: TracingPlan): Variable[] {
  const attributes = [
    `k8s.namespace.name=${namespace}`,
    'k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)',
    'k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)',
  ];
  return [
    { name: 'OTEL_SERVICE_NAME', value: service },
    { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: endpoint },
    { name: 'OTEL_TRACES_EXPORTER', value: 'otlp' },
    fromField('OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'spec.nodeName'),
    fromField('OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'metadata.name'),
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributes.join(',') },
    { name: 'OTEL_TRACES_SAMPLER', value: sampler ?? 'parentbased_traceidratio' },
    { name: 'OTEL_TRACES_SAMPLER_ARG', value: String(sampleRatio ?? 0.1) },
  ];
}

/** Whether a share of traces is none: it must be from 0 to 1. */
export function isNoShare(sampleRatio: number | undefined): boolean {
  return sampleRatio !== undefined && !(sampleRatio >= 0 && sampleRatio <= 1);
}

function fromField(name: string, fieldPath: string): Variable {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
