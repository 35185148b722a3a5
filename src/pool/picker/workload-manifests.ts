import { compact, Manifest } from '../../core';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../policy';
import { latencyContainers, latencyVolumes } from './latency-manifests';
import { pickerArgs } from './picker-args';
import { pickerEnv } from './picker-env';
import { CERTIFICATE_DIRECTORY, CONFIG_DIRECTORY, CONFIG_FILE } from './picker-files';
import { EndpointPickerPlan, PICKER_HEALTH_PORT, PICKER_METRICS_PORT, pickerLabels } from './picker-plan';

export function pickerConfigMap({ name, namespace, config }: EndpointPickerPlan): Manifest {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: { [CONFIG_FILE]: config.text } };
}

export function pickerDeployment(plan: EndpointPickerPlan): Manifest {
  const labels = pickerLabels(plan);
  const { nodeSelector, tolerations, affinity, priorityClassName, imagePullSecrets } = plan.scheduling;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: plan.name, namespace: plan.namespace },
    spec: {
      replicas: plan.replicas,
      // Two pickers side by side would each see half of the requests they score by, and a standby is never ready, so a rollout never ends.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: compact({
          ...RESTRICTED_POD,
          serviceAccountName: plan.name,
          terminationGracePeriodSeconds: 130,
          imagePullSecrets: imagePullSecrets?.map((name) => ({ name })),
          priorityClassName,
          nodeSelector,
          tolerations: tolerations?.map((toleration) => compact({ ...toleration })),
          affinity,
          topologySpreadConstraints: plan.scheduling.topologySpreadConstraints?.map((constraint) => (
            { labelSelector: { matchLabels: labels }, ...constraint })),
          containers: [pickerContainer(plan), ...latencyContainers(plan)],
          volumes: [
            { name: 'plugins-config', configMap: { name: plan.name } },
            ...(plan.tls._mode === 'certificate' ? [{ name: 'certificate', secret: { secretName: plan.tls._secretName } }] : []),
            ...latencyVolumes(plan),
          ],
        }),
      },
    },
  };
}

function pickerContainer(plan: EndpointPickerPlan): object {
  const services = plan.build.probeServices[plan.replicas > 1 ? 'highlyAvailable' : 'single'];
  const probe = (service: string) => ({ grpc: { port: PICKER_HEALTH_PORT, service } });
  return {
    ...RESTRICTED_CONTAINER,
    name: 'epp',
    image: plan.image,
    imagePullPolicy: 'IfNotPresent',
    args: pickerArgs(plan),
    ports: [
      { name: 'grpc', containerPort: plan.port },
      { name: 'grpc-health', containerPort: PICKER_HEALTH_PORT },
      ...(plan.monitoring ? [{ name: 'metrics', containerPort: PICKER_METRICS_PORT }] : []),
    ],
    env: pickerEnv(plan),
    livenessProbe: { ...probe(services.liveness), initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 5 },
    readinessProbe: { ...probe(services.readiness), initialDelaySeconds: 10, periodSeconds: 5 },
    resources: plan.resources,
    volumeMounts: [
      { name: 'plugins-config', mountPath: CONFIG_DIRECTORY },
      ...(plan.tls._mode === 'certificate' ? [{ name: 'certificate', mountPath: CERTIFICATE_DIRECTORY, readOnly: true }] : []),
    ],
  };
}

export function pickerService(plan: EndpointPickerPlan): Manifest {
  const { name, namespace } = plan;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: plan.monitoring ? { name, namespace, labels: pickerLabels(plan) } : { name, namespace },
    spec: {
      type: 'ClusterIP',
      selector: pickerLabels(plan),
      ports: [
        // Without appProtocol and without `grpc` in the port's name the gateway speaks HTTP/1 to it, and every request answers 500.
        { name: 'grpc-ext-proc', protocol: 'TCP', port: plan.port, appProtocol: 'kubernetes.io/h2c' },
        ...(plan.monitoring ? [{ name: 'http-metrics', protocol: 'TCP', port: PICKER_METRICS_PORT }] : []),
      ],
    },
  };
}
