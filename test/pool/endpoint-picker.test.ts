import { Chart, Duration, Size, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import {
  EndpointPicker, EndpointPickerConfig, EndpointPickerMonitoring, EndpointPickerOptions, EndpointPickerPlugin, EndpointPickerRuntime,
  EndpointPickerTls, ModelServerEngine,
} from '../../src/pool';

function objects(options: EndpointPickerOptions = {}, then: (picker: EndpointPicker) => void = () => undefined): any[] {
  const chart = new Chart(Testing.app(), 'team', { namespace: 'models' });
  then(new EndpointPicker(chart, 'picker', { poolName: 'qwen', namespace: 'models', ...options }));
  return Testing.synth(chart);
}

function find(all: any[], kind: string, name?: string): any {
  return all.find((object) => object.kind === kind && (name === undefined || object.metadata.name === name));
}

const podOf = (options: EndpointPickerOptions = {}) => find(objects(options), 'Deployment').spec.template.spec;
const containerOf = (options: EndpointPickerOptions = {}) => podOf(options).containers[0];
const argsOf = (options: EndpointPickerOptions = {}): string[] => containerOf(options).args;

test('the smallest picker', () => {
  expect(objects()).toMatchSnapshot();
});

test('the arguments are those of AI Runway\'s controller', () => {
  expect(argsOf()).toEqual([
    '--pool-name', 'qwen', '--pool-namespace', 'models', '--zap-encoder', 'json', '--config-file', '/config/default-plugins.yaml', '--tracing=false',
  ]);
});

describe('replicas', () => {
  const highlyAvailable = objects({ replicas: 3 });
  const container = find(highlyAvailable, 'Deployment').spec.template.spec.containers[0];

  test('several elect a leader and are probed as such', () => {
    expect(find(highlyAvailable, 'Deployment').spec).toMatchObject({ replicas: 3, strategy: { type: 'Recreate' } });
    expect(container.args).toContain('--ha-enable-leader-election=true');
    expect(container.livenessProbe.grpc).toEqual({ port: 9003, service: 'liveness' });
    expect(container.readinessProbe.grpc).toEqual({ port: 9003, service: 'readiness' });
  });

  test('the leader may hold a lease and record events', () => {
    expect(find(highlyAvailable, 'Role').rules).toEqual(expect.arrayContaining([
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create', 'get', 'update'] },
      { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] },
    ]));
  });

  test('one is probed by a name that says nothing, and elects nobody', () => {
    expect(containerOf().livenessProbe.grpc.service).toBe('inference-extension');
    expect(argsOf().join(' ')).not.toContain('leader');
  });

  test.each([0, -1, 1.5])('fails for %d', (replicas) => {
    expect(() => objects({ replicas })).toThrow(/IGW503 endpointPicker\.replicas/);
  });
});

describe('flags', () => {
  test('are written as --name=value', () => {
    expect(argsOf({ flags: { 'enable-pprof': 'false', 'refresh-metrics-interval': '100ms' } }).slice(-2)).toEqual([
      '--enable-pprof=false', '--refresh-metrics-interval=100ms',
    ]);
  });

  test('verbosity is one of them', () => {
    expect(argsOf({ verbosity: 4 })).toContain('--v=4');
  });

  test('the log encoder can be another', () => {
    const args = argsOf({ flags: { 'zap-encoder': 'console' } });
    expect(args).toContain('--zap-encoder=console');
    expect(args).not.toContain('--zap-encoder');
  });

  test('fails for metric names, which stop GAIE 1.5 at start', () => {
    expect(() => objects({ flags: { 'kv-cache-usage-percentage-metric': 'sglang:token_usage' } }))
      .toThrow(/IGW504 .*kv-cache-usage-percentage-metric.*makes GAIE 1.5 exit at start; set `modelServer`/);
  });

  test('metric names are flags of the llm-d scheduler 0.6', () => {
    const flags = { 'kv-cache-usage-percentage-metric': 'sglang:token_usage' };
    expect(argsOf({ runtime: EndpointPickerRuntime.LLMD_SCHEDULER_0_6, flags })).toContain('--kv-cache-usage-percentage-metric=sglang:token_usage');
  });

  test('the llm-d scheduler 0.6 is told the metrics of an engine by flags', () => {
    expect(argsOf({ runtime: EndpointPickerRuntime.LLMD_SCHEDULER_0_6, modelServer: ModelServerEngine.TRTLLM_SERVE }).slice(-6)).toEqual([
      '--total-queued-requests-metric=trtllm_num_requests_waiting',
      '--total-running-requests-metric=trtllm_num_requests_running',
      '--kv-cache-usage-percentage-metric=trtllm_kv_cache_utilization',
      '--lora-info-metric=',
      '--cache-info-metric=',
      '--model-server-metrics-path=/prometheus/metrics',
    ]);
  });

  test('fails for flags the llm-d router 0.10 removed', () => {
    const flags = { 'model-server-metrics-path': '/prometheus' };
    expect(() => objects({ runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10, flags })).toThrow(/was removed before llm-d router 0.10; set `metricsSource`/);
    expect(() => objects({ runtime: EndpointPickerRuntime.LLMD_ROUTER_0_9, flags })).not.toThrow();
  });

  test('fails for camel case, and says how it is written', () => {
    expect(() => objects({ flags: { enablePprof: 'false' } })).toThrow(/is no flag of GAIE 1.5; write enable-pprof/);
  });

  test('fails for flags of later builds, dashes and values of another type', () => {
    expect(() => objects({ flags: { 'drain-timeout': '30s', '--v': '3', 'enable-pprof': 'no', 'health-checking': '' } }))
      .toThrow(/4 mistakes\n.*drain-timeout.*\n.*"--v": is no name.*\n.*true or false.*\n.*true or false/);
  });

  test.each(['pool-name', 'config-file', 'grpc-port', 'secure-serving', 'ha-enable-leader-election', 'v'])('fails for %s, which a property decides', (flag) => {
    expect(() => objects({ flags: { [flag]: 'true' } })).toThrow(/IGW504 .* follows from .*remove the flag/);
  });

  test('are not checked for an image that is no known build', () => {
    expect(argsOf({ image: 'example.com/epp:1', flags: { anything: 'goes' } })).toContain('--anything=goes');
    expect(() => objects({ image: 'registry.k8s.io/gateway-api-inference-extension/epp:v1.5.1', flags: { anything: 'goes' } })).toThrow(/is no flag of GAIE 1.5/);
  });

  test('any name and value is either one argument or a mistake', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (name, value) => {
      try {
        return argsOf({ flags: { [name]: value } }).filter((arg) => arg === `--${name}=${value}`).length === 1;
      } catch (error) {
        return /IGW504/.test((error as Error).message);
      }
    }));
  });
});

describe('tls', () => {
  const rule = (tls?: EndpointPickerTls) => find(objects({ tls }, (picker) => picker.addDestinationRule()), 'DestinationRule');

  test('self-signed is encrypted and not verified', () => {
    expect(rule().spec.trafficPolicy.tls).toEqual({ mode: 'SIMPLE', insecureSkipVerify: true });
  });

  test('a certificate is mounted and reloaded', () => {
    const pod = podOf({ tls: EndpointPickerTls.certificateSecret('qwen-tls') });
    expect(pod.containers[0].args).toEqual(expect.arrayContaining(['--cert-path=/certs', '--enable-cert-reload=true']));
    expect(pod.containers[0].volumeMounts).toContainEqual({ name: 'certificate', mountPath: '/certs', readOnly: true });
    expect(pod.volumes).toContainEqual({ name: 'certificate', secret: { secretName: 'qwen-tls' } });
    expect(rule(EndpointPickerTls.certificateSecret('qwen-tls')).spec.trafficPolicy.tls.insecureSkipVerify).toBe(true);
  });

  test('a certificate is verified where there is a CA', () => {
    expect(rule(EndpointPickerTls.certificateSecret('qwen-tls', { caSecret: 'ca', reload: false })).spec).toEqual({
      host: 'qwen-epp.models.svc.cluster.local',
      trafficPolicy: {
        tls: {
          mode: 'SIMPLE', credentialName: 'ca', subjectAltNames: ['qwen-epp.models.svc.cluster.local'], sni: 'qwen-epp.models.svc.cluster.local',
        },
      },
    });
  });

  test('plain HTTP/2 has no DestinationRule', () => {
    expect(argsOf({ tls: EndpointPickerTls.plaintext() })).toContain('--secure-serving=false');
    expect(rule(EndpointPickerTls.plaintext())).toBeUndefined();
    expect(find(objects({ tls: EndpointPickerTls.plaintext() }), 'Service').spec.ports[0].appProtocol).toBe('kubernetes.io/h2c');
  });

  test('fails without a Secret', () => {
    expect(() => objects({ tls: EndpointPickerTls.certificateSecret('') })).toThrow(/IGW503 endpointPicker\.tls/);
  });
});

describe('metrics', () => {
  test('a ServiceMonitor comes with a token and the rights to review it', () => {
    expect(objects({ monitoring: EndpointPickerMonitoring.serviceMonitor({ labels: { release: 'prometheus' } }) })).toMatchSnapshot();
  });

  test('a PodMonitoring comes with the right to read the token', () => {
    const all = objects({ monitoring: EndpointPickerMonitoring.podMonitoring({ interval: Duration.seconds(30), collectorNamespace: 'gke-gmp-system' }) });
    expect(find(all, 'PodMonitoring').spec.endpoints[0]).toMatchObject({ port: 'metrics', interval: '30s', authorization: { type: 'Bearer' } });
    expect(find(all, 'RoleBinding', 'qwen-epp-metrics-reader-secret').subjects).toEqual([
      { kind: 'ServiceAccount', name: 'collector', namespace: 'gke-gmp-system' },
    ]);
  });

  test('without authentication there is neither token nor right', () => {
    const all = objects({ metricsAuth: false, monitoring: EndpointPickerMonitoring.serviceMonitor() });
    expect(find(all, 'Deployment').spec.template.spec.containers[0].args).toContain('--metrics-endpoint-auth=false');
    expect(all.map(({ kind }) => kind)).not.toEqual(expect.arrayContaining(['Secret']));
    expect(find(all, 'ServiceMonitor').spec.endpoints[0].authorization).toBeUndefined();
  });

  test('the rights to review tokens can be had without a monitor', () => {
    expect(find(objects({ metricsAuth: true }), 'ClusterRole').metadata).toEqual({ name: 'models.qwen-epp-token-review' });
    expect(find(objects(), 'ClusterRole')).toBeUndefined();
  });
});

test('tracing', () => {
  const container = containerOf({ tracing: { endpoint: 'http://otel:4317', sampleRatio: 0.5 } });
  expect(container.args).toContain('--tracing=true');
  expect(container.env).toMatchSnapshot();
  expect(() => objects({ tracing: { endpoint: 'http://otel:4317', sampleRatio: 2 } })).toThrow(/IGW503 endpointPicker\.tracing\.sampleRatio is 2/);
});

describe('pods', () => {
  test('resources and scheduling', () => {
    const pod = podOf({
      cpuRequest: '4',
      cpuLimit: '8',
      memoryRequest: Size.gibibytes(8),
      memoryLimit: Size.gibibytes(16),
      nodeSelector: { pool: 'system' },
      tolerations: [{ key: 'system', operator: 'Exists' }],
      affinity: { nodeAffinity: {} },
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }],
      priorityClassName: 'high',
      imagePullSecrets: ['mirror'],
      env: { GOMAXPROCS: '4' },
    });
    expect(pod.containers[0].resources).toEqual({ requests: { cpu: '4', memory: '8Gi' }, limits: { cpu: '8', memory: '16Gi' } });
    expect(pod.containers[0].env).toContainEqual({ name: 'GOMAXPROCS', value: '4' });
    expect(pod).toMatchObject({
      nodeSelector: { pool: 'system' }, tolerations: [{ key: 'system', operator: 'Exists' }], affinity: { nodeAffinity: {} },
      priorityClassName: 'high', imagePullSecrets: [{ name: 'mirror' }],
    });
    expect(pod.topologySpreadConstraints[0].labelSelector.matchLabels['app.kubernetes.io/name']).toBe('qwen-epp');
  });

  test('fails for a limit below the request, and for variables that are taken', () => {
    expect(() => objects({ cpuRequest: '2', cpuLimit: '1', env: { NAMESPACE: 'x', OTEL_SERVICE_NAME: 'y' }, tracing: { endpoint: 'z' } }))
      .toThrow(/cpuLimit is "1": is less than the request, 2.*\n.*NAMESPACE.*\n.*OTEL_SERVICE_NAME/);
  });

  test('variables of the picker can be set otherwise', () => {
    const { env } = containerOf({ latencyPredictor: {}, env: { LATENCY_MAX_SAMPLE_SIZE: '5' } });
    expect(env.filter(({ name }: any) => name === 'LATENCY_MAX_SAMPLE_SIZE')).toEqual([{ name: 'LATENCY_MAX_SAMPLE_SIZE', value: '5' }]);
    expect(() => objects({ env: { 'a=b': 'c' } })).toThrow(/IGW209 endpointPicker.env is "a=b"/);
  });

  test('fails for an image of another build than the runtime', () => {
    const image = EndpointPickerRuntime.LLMD_SCHEDULER_0_6.image;
    expect(() => objects({ image, runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10 }))
      .toThrow(/IGW503 endpointPicker.image .* is llm-d inference scheduler 0.6, and the runtime is llm-d router 0.10/);
    expect(() => objects({ image, runtime: EndpointPickerRuntime.LLMD_SCHEDULER_0_6 })).not.toThrow();
    expect(() => objects({ image: 'example.com/epp:1', runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10 })).not.toThrow();
  });

  test('a disruption budget keeps the serving pod', () => {
    expect(find(objects({ podDisruptionBudget: true }), 'PodDisruptionBudget').spec).toMatchObject({
      minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  test('a network policy lets gateways, probes and scrapes in', () => {
    const policy = find(objects({ networkPolicy: { gatewayNamespaces: ['gateway-system'], metricsNamespaces: ['monitoring'] } }), 'NetworkPolicy');
    expect(policy.spec.ingress).toEqual([
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateway-system' } } }], ports: [{ protocol: 'TCP', port: 9002 }] },
      { ports: [{ protocol: 'TCP', port: 9003 }] },
      { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ protocol: 'TCP', port: 9090 }] },
    ]);
    expect(find(objects({ networkPolicy: {} }), 'NetworkPolicy').spec.ingress).toHaveLength(2);
    expect(find(objects({ networkPolicy: { metricsNamespaces: [] } }), 'NetworkPolicy').spec.ingress).toHaveLength(2);
    expect(() => objects({ networkPolicy: { gatewayNamespaces: [] } })).toThrow(/IGW503 .*gatewayNamespaces: is empty/);
  });

  test('meet the restricted profile, sidecars too', () => {
    for (const options of [{}, { latencyPredictor: { predictionServers: 2 } }]) {
      const pod = podOf(options);
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const { securityContext } of pod.containers) {
        expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      }
    }
  });
});

describe('latency predictor', () => {
  test('its servers run beside the picker, whose configuration uses them', () => {
    const all = objects({ latencyPredictor: { predictionServers: 2, trainingSettings: { LATENCY_MODEL_TYPE: 'lightgbm' } } });
    const { containers, volumes } = find(all, 'Deployment').spec.template.spec;
    expect(containers.map(({ name }: any) => name)).toEqual(['epp', 'training-server', 'prediction-server-1', 'prediction-server-2']);
    expect(containers[0].env).toContainEqual({ name: 'PREDICTION_SERVER_URL', value: 'http://localhost:8001,http://localhost:8002' });
    expect(volumes).toHaveLength(4);
    expect(find(all, 'ConfigMap', 'qwen-epp-latency-predictor-training').data.LATENCY_MODEL_TYPE).toBe('lightgbm');
    expect(find(all, 'ConfigMap', 'qwen-epp').data['default-plugins.yaml']).toContain('predicted-latency-producer');
  });

  test('fails where upstream releases no images', () => {
    expect(() => objects({ runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10, latencyPredictor: {} })).toThrow(/releases none for llm-d router 0.10/);
    expect(() => objects({ runtime: EndpointPickerRuntime.LLMD_ROUTER_0_10, latencyPredictor: { trainingImage: 'a:1', predictionImage: 'b:1' } })).not.toThrow();
  });
});

test('fails with all mistakes of flags, numbers and configuration together', () => {
  expect(() => objects({
    port: 9003, flags: { nonsense: '1' }, config: EndpointPickerConfig.of({ plugins: [EndpointPickerPlugin.of('no-such-plugin')] }),
  })).toThrow(/3 mistakes\n.*IGW503.*\n.*IGW504.*\n.*IGW506/);
});
