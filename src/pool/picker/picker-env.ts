import { latencyEnv } from './latency-manifests';
import type { EndpointPickerPlan } from './picker-plan';

/** Variables are expanded in the order they are listed. */
export function pickerEnv(plan: EndpointPickerPlan): object[] {
  const { tracing, env, build } = plan;
  const own: { readonly name: string }[] = [
    fromField('NAMESPACE', 'metadata.namespace'),
    fromField('POD_NAME', 'metadata.name'),
    ...latencyEnv(plan),
    ...(tracing ? [
      { name: 'OTEL_SERVICE_NAME', value: build.traceServiceName },
      { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: tracing.endpoint },
      { name: 'OTEL_TRACES_EXPORTER', value: 'otlp' },
      fromField('OTEL_RESOURCE_ATTRIBUTES_NODE_NAME', 'spec.nodeName'),
      fromField('OTEL_RESOURCE_ATTRIBUTES_POD_NAME', 'metadata.name'),
      { name: 'OTEL_RESOURCE_ATTRIBUTES', value: RESOURCE_ATTRIBUTES },
      { name: 'OTEL_TRACES_SAMPLER', value: tracing.sampler ?? 'parentbased_traceidratio' },
      { name: 'OTEL_TRACES_SAMPLER_ARG', value: String(tracing.sampleRatio ?? 0.1) },
    ] : []),
  ];
  return [...own.filter(({ name }) => !Object.hasOwn(env, name)), ...Object.entries(env).map(([name, value]) => ({ name, value }))];
}

const RESOURCE_ATTRIBUTES = [
  'k8s.namespace.name=$(NAMESPACE)',
  'k8s.node.name=$(OTEL_RESOURCE_ATTRIBUTES_NODE_NAME)',
  'k8s.pod.name=$(OTEL_RESOURCE_ATTRIBUTES_POD_NAME)',
].join(',');

function fromField(name: string, fieldPath: string): { name: string; valueFrom: object } {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}
