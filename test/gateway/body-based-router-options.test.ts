import { BodyBasedRouterOptions, GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { chartsOf, objectOf, objectsOf } from '../synth';

const implementations = { istio: GatewayImplementation.istio(), eg: GatewayImplementation.envoyGateway(), gke: GatewayImplementation.gke() };

function chartWith(implementation: GatewayImplementation, options?: BodyBasedRouterOptions) {
  const [chart] = chartsOf('gateway-system');
  new InferenceGateway(chart, 'inference-gateway', { implementation }).addBodyBasedRouter(options);
  return chart;
}

const containerOf = (implementation: GatewayImplementation, options?: BodyBasedRouterOptions) => (
  objectOf(chartWith(implementation, options), 'Deployment').spec.template.spec.containers[0]
);

test('the smallest router sends no traces and stays on its ports', () => {
  expect(containerOf(implementations.istio).args).toContain('--tracing=false');
  expect(containerOf(implementations.istio).args.join(' ')).not.toContain('port');
});

test('sends traces where it is told to, by the name of its namespace where that is no variable', () => {
  const tracing = { endpoint: 'http://otel:4317', sampleRatio: 0, sampler: 'traceidratio', serviceName: 'router' };
  const envOf = (options: BodyBasedRouterOptions) => {
    const { args, env } = containerOf(implementations.istio, options);
    expect(args.at(-1)).toBe('--tracing=true');
    return Object.fromEntries(env.map(({ name, value, valueFrom }: any) => [name, value ?? valueFrom.fieldRef.fieldPath]));
  };
  expect(envOf({ tracing })).toMatchObject({
    NAMESPACE: 'metadata.namespace',
    OTEL_SERVICE_NAME: 'router',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel:4317',
    OTEL_TRACES_SAMPLER: 'traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0',
    OTEL_RESOURCE_ATTRIBUTES: expect.stringMatching(/^k8s\.namespace\.name=\$\(NAMESPACE\),/),
  });
  const everywhere = envOf({ tracing: { endpoint: 'http://otel:4317' }, allNamespaces: true });
  expect(everywhere).toMatchObject({
    OTEL_SERVICE_NAME: 'gateway-api-inference-extension/bbr',
    OTEL_TRACES_SAMPLER_ARG: '0.1',
    OTEL_RESOURCE_ATTRIBUTES: expect.stringMatching(/^k8s\.namespace\.name=gateway-system,/),
  });
  expect(everywhere).not.toHaveProperty('NAMESPACE');
});

test('fails on a share of traces that is none', () => {
  expect(() => containerOf(implementations.istio, { tracing: { endpoint: 'http://otel:4317', sampleRatio: 2 } }))
    .toThrow('IGW204 tracing.sampleRatio is 2: is not a share; allowed: 0 to 1; set another one');
});

test.each([['istio', implementations.istio], ['eg', implementations.eg], ['gke', implementations.gke]])(
  'listens, is probed and is called on other ports: %s', (_, implementation) => {
    const chart = chartWith(implementation, { port: 50051, healthPort: 50052 });
    const [container] = objectOf(chart, 'Deployment').spec.template.spec.containers;
    expect(container.args.join(' ')).toContain('--grpc-port 50051 --grpc-health-port 50052');
    const probe = { grpc: { port: 50052 } };
    expect(container).toMatchObject({ ports: [{ containerPort: 50051 }, { containerPort: 50052 }], livenessProbe: probe, readinessProbe: probe });
    expect(objectOf(chart, 'Service').spec.ports).toMatchObject([{ port: 50051, targetPort: 50051 }]);
    const rest = objectsOf(chart).filter(({ kind }) => !['Deployment', 'Service'].includes(kind));
    expect(JSON.stringify(rest)).toMatch(/outbound\|50051\||"port":50051/);
    expect(JSON.stringify(rest)).not.toMatch(/9004|9005/);
  });

test('fails on ports that the router exits on', () => {
  expect(() => chartWith(implementations.istio, { port: 9005 }))
    .toThrow('IGW204 healthPort is 9005: is the port of requests, and the router exits; allowed: any other port; set another port');
  expect(() => chartWith(implementations.istio, { port: 9090, healthPort: 70_000 })).toThrow(new RegExp([
    '  IGW204 port is 9090: is where the router answers metrics; .*',
    '  IGW204 healthPort is 70000: is not a port; allowed: whole numbers from 1 to 65535; set another port',
  ].join('\\n')));
});
