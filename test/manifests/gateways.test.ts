import { warningsOf } from '../../src/core';
import { AllowedRoutes, GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { Rendering } from '../../src/model';
import { eachGolden, gatewayManifest, goldens, modelDeployment, named, quietChart, readObjects, render } from './manifests';

const LABEL = { 'airunway.ai/inference-gateway': 'true' };
const parentOf = (objects: any[]) => named(objects, 'HTTPRoute', 'qwen3')?.spec.parentRefs[0];
const routesOf = (objects: any[], gateway = 'gateway') => named(objects, 'Gateway', gateway).spec.listeners[0].allowedRoutes;
const listed = (...values: string[]) => ({
  namespaces: { from: 'Selector', selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] } },
});

test('the only Gateway serves the model', () => {
  expect(parentOf(render([gatewayManifest(), modelDeployment()]))).toEqual({ name: 'gateway', namespace: 'gateway-system' });
});

describe('choice', () => {
  test('without a Gateway there is the workload only, and a warning', () => {
    const chart = quietChart();
    readObjects([modelDeployment()], {}, chart);
    expect(chart.toJson().map(({ kind }: any) => kind)).toEqual(['Deployment', 'Service']);
    expect(warningsOf(chart)).toEqual([expect.stringContaining('IGW405 gateway: is not known')]);
  });

  test('of several without the label none is chosen, and a warning names them', () => {
    const chart = quietChart();
    const input = [gatewayManifest('b'), gatewayManifest('a', 'x'), modelDeployment()];
    readObjects(input, {}, chart);
    expect(parentOf(chart.toJson())).toBeUndefined();
    expect(warningsOf(chart)).toContain('warning chart/input: IGW405 gatewayName: is missing, there are several Gateways, and none is labelled '
      + 'airunway.ai/inference-gateway: "true"; allowed: gateway-system/b, x/a; label one of them, or name it');
  });

  test('of several the labelled one is chosen', () => {
    const objects = render([gatewayManifest('a'), gatewayManifest('b', 'x', LABEL), modelDeployment()]);
    expect(parentOf(objects)).toEqual({ name: 'b', namespace: 'x' });
  });

  test('of several labelled ones the first by namespace and name is chosen', () => {
    const objects = render([gatewayManifest('a', 'z', LABEL), gatewayManifest('c', 'x', LABEL), gatewayManifest('b', 'x', LABEL), modelDeployment()]);
    expect(parentOf(objects)).toEqual({ name: 'b', namespace: 'x' });
  });

  test.each([['false'], ['']])('a label that says %j is none', (value) => {
    const labels = { 'airunway.ai/inference-gateway': value };
    expect(parentOf(render([gatewayManifest('a'), gatewayManifest('b', 'x', labels), modelDeployment()]))).toBeUndefined();
  });

  test('the label is the one of the models\' API group', () => {
    const labels = { 'kubeairunway.ai/inference-gateway': 'true' };
    const legacy = { ...modelDeployment(), apiVersion: 'kubeairunway.ai/v1alpha1' };
    const gateways = [gatewayManifest('a', 'x', LABEL), gatewayManifest('b', 'x', labels)];
    expect(parentOf(render([...gateways, legacy])).name).toBe('b');
    expect(parentOf(render([...gateways, modelDeployment()])).name).toBe('a');
  });

  test('a name goes before the label', () => {
    const objects = render([gatewayManifest('a'), gatewayManifest('b', 'x', LABEL), modelDeployment()], { gatewayName: 'gateway-system/a' });
    expect(parentOf(objects).name).toBe('a');
  });

  test('a Gateway without a namespace is in the chart\'s', () => {
    const manifest = gatewayManifest();
    delete manifest.metadata.namespace;
    const chart = quietChart('team-a');
    readObjects([manifest, gatewayManifest('other'), modelDeployment()], { gatewayName: 'team-a/gateway' }, chart);
    expect(parentOf(chart.toJson())).toEqual({ name: 'gateway', namespace: 'team-a' });
  });

  test('a Gateway that is passed goes before those of the input, which come back as they are', () => {
    const chart = quietChart();
    const gateway = InferenceGateway.fromGatewayName(chart, 'gateway', { name: 'g', namespace: 'n', implementation: GatewayImplementation.of('x') });
    readObjects([gatewayManifest(), modelDeployment()], { gateway }, chart);
    expect(parentOf(chart.toJson())).toEqual({ name: 'g', namespace: 'n' });
    expect(named(chart.toJson(), 'Gateway', 'gateway')).toEqual(gatewayManifest());
  });

  test('fails for a name that no Gateway of the input has', () => {
    const input = [gatewayManifest(), modelDeployment()];
    expect(() => render(input, { gatewayName: 'x/gateway' })).toThrow(
      'IGW405 gatewayName is "x/gateway": is no Gateway of the manifests; allowed: gateway-system/gateway; correct it, or pass `gateway`',
    );
    expect(() => render([modelDeployment()], { gatewayName: 'x/y' })).toThrow('allowed: none, since there is no Gateway');
  });

  test('fails for a Gateway that is both passed and named', () => {
    const chart = quietChart();
    const gateway = InferenceGateway.fromGatewayName(chart, 'gateway', { name: 'g', implementation: GatewayImplementation.of('x') });
    expect(() => readObjects([gatewayManifest()], { gateway, gatewayName: 'gateway-system/gateway' }, chart)).toThrow(
      'IGW203 gatewayName is "gateway-system/gateway": contradicts `gateway`',
    );
  });

  test('a Gateway of another API is none', () => {
    const istio = { ...gatewayManifest('old'), apiVersion: 'networking.istio.io/v1', spec: { servers: [] } };
    const { gateways } = readObjects([istio, gatewayManifest(), modelDeployment()]);
    expect(gateways.map(({ gatewayName }) => gatewayName)).toEqual(['gateway']);
  });
});

describe('implementation', () => {
  const kinds = (objects: any[]) => objects.map(({ kind }) => kind);
  const envoy = () => ({ ...gatewayManifest(), spec: { ...gatewayManifest().spec, gatewayClassName: 'eg' } });

  test('is known from the class', () => {
    expect(kinds(render([gatewayManifest(), modelDeployment()]))).toContain('DestinationRule');
    expect(kinds(render([envoy(), modelDeployment()]))).not.toContain('DestinationRule');
  });

  test('may be given', () => {
    expect(kinds(render([envoy(), modelDeployment()], { implementation: GatewayImplementation.istio() }))).toContain('DestinationRule');
  });

  test('DestinationRules are a choice of their own', () => {
    expect(kinds(render([gatewayManifest(), modelDeployment()], { destinationRules: false }))).not.toContain('DestinationRule');
    expect(kinds(render([envoy(), modelDeployment()], { destinationRules: true }))).toContain('DestinationRule');
  });
});

describe('allowedRoutes', () => {
  const withRoutes = (namespaces: any) => {
    const gateway = gatewayManifest();
    gateway.spec.listeners[0].allowedRoutes = { namespaces };
    return gateway;
  };

  test('list the namespaces of the Gateway and of its models, sorted', () => {
    const objects = render([gatewayManifest(), modelDeployment('b', 'team-z'), modelDeployment('a', 'team-a')]);
    expect(routesOf(objects)).toEqual(listed('gateway-system', 'team-a', 'team-z'));
  });

  test('leave out models that are not routed', () => {
    const off = modelDeployment('a', 'team-x', { gateway: { enabled: false } });
    expect(routesOf(render([gatewayManifest(), modelDeployment(), off]))).toEqual(listed('gateway-system', 'team-a'));
  });

  test('stay as wide as they were', () => {
    expect(routesOf(render([withRoutes({ from: 'All' }), modelDeployment()]))).toEqual({ namespaces: { from: 'All' } });
    const labelled = { from: 'Selector', selector: { matchLabels: { team: 'x' } } };
    expect(routesOf(render([withRoutes(labelled), modelDeployment()]))).toEqual({ namespaces: labelled });
  });

  test('of a Gateway that is not chosen stay as they are', () => {
    const objects = render([gatewayManifest('a'), gatewayManifest('b', 'x', LABEL), modelDeployment()]);
    expect(routesOf(objects, 'a')).toBeUndefined();
    expect(routesOf(objects, 'b')).toEqual(listed('team-a', 'x'));
  });

  test('may be kept, or set', () => {
    const input = [withRoutes({ from: 'Same' }), modelDeployment()];
    expect(routesOf(render(input, { allowedRoutes: AllowedRoutes.unmanaged() }))).toEqual({ namespaces: { from: 'Same' } });
    expect(routesOf(render(input, { allowedRoutes: AllowedRoutes.all() }))).toEqual({ namespaces: { from: 'All' } });
  });

  test('stay as they are when a controller does the work', () => {
    expect(routesOf(render([withRoutes({ from: 'Same' }), modelDeployment()], { rendering: Rendering.CONTROLLER }))).toEqual({ namespaces: { from: 'Same' } });
  });

  // In s02b the live controller narrows `All`, and in s02e it is told to patch nothing.
  const patched = goldens().filter(([name, { gatewayAfter }]) => gatewayAfter && !/^s02[be]_/.test(name));
  eachGolden('are as the live controller left them in', patched, ({ input, gatewayAfter }) => {
    const { listeners } = render(input).find(({ kind }) => kind === 'Gateway').spec;
    expect(listeners).toEqual(gatewayAfter.spec.listeners);
  });
});
