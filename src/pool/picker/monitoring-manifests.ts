import { compact, Manifest } from '../../core';
import type { EndpointPickerMonitoring } from '../endpoint-picker-monitoring';
import { readerName } from './access-manifests';
import { EndpointPickerPlan, pickerLabels } from './picker-plan';

export function monitor(plan: EndpointPickerPlan, { _kind, _options }: EndpointPickerMonitoring): Manifest {
  return _kind === 'ServiceMonitor' ? serviceMonitor(plan, _options) : podMonitoring(plan, _options);
}

type Options = EndpointPickerMonitoring['_options'];

function serviceMonitor(plan: EndpointPickerPlan, options: Options): Manifest {
  const { name, namespace, metricsAuth } = plan;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: compact({ name, namespace, labels: options.labels }),
    spec: {
      endpoints: [compact({
        interval: interval(options),
        port: 'http-metrics',
        path: '/metrics',
        authorization: metricsAuth ? { credentials: { name: readerName(plan), key: 'token' } } : undefined,
      })],
      jobLabel: 'app.kubernetes.io/name',
      namespaceSelector: { matchNames: [namespace] },
      selector: { matchLabels: pickerLabels(plan) },
    },
  };
}

function podMonitoring(plan: EndpointPickerPlan, options: Options): Manifest {
  const { name, namespace, metricsAuth } = plan;
  return {
    apiVersion: 'monitoring.googleapis.com/v1',
    kind: 'PodMonitoring',
    metadata: compact({ name, namespace, labels: options.labels }),
    spec: {
      endpoints: [compact({
        port: 'metrics',
        scheme: 'http',
        interval: interval(options),
        path: '/metrics',
        authorization: metricsAuth ? { type: 'Bearer', credentials: { secret: { name: readerName(plan), key: 'token' } } } : undefined,
      })],
      selector: { matchLabels: pickerLabels(plan) },
    },
  };
}

function interval({ interval: given }: Options): string {
  const milliseconds = given?.toMilliseconds() ?? 10_000;
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
