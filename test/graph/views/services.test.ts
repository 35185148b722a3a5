import { findService, servicesFor, targetPortIn } from '../../../src/graph/views/services';
import { graphOf } from '../lint';

const pod = (name: string, labels: object, ports: object[] = []) => (
  { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'n', labels }, spec: { containers: [{ name: 'c', ports }] } });
const service = (selector: unknown, ports: unknown) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 's', namespace: 'n' }, spec: { selector, ports } });

test('the smallest Service', () => {
  const graph = graphOf([service({ app: 'a' }, [{ port: 80 }]), pod('a', { app: 'a', more: 'x' }), pod('b', { app: 'b' })]);
  const found = findService(graph, 'n', 's')!;
  expect(found.selects.map(({ workload }) => workload.object.name)).toEqual(['a']);
  expect(found.ports).toEqual([{ path: ['spec', 'ports', 0], port: 80, targetPort: 80, protocol: 'TCP' }]);
  expect(servicesFor(graph, found.selects[0])).toEqual([found]);
});

test('a selector that is absent or empty selects nothing', () => {
  for (const selector of [undefined, null, {}, 'app']) expect(findService(graphOf([service(selector, []), pod('a', {})]), 'n', 's')!.selects).toEqual([]);
});

test('the port of the pods: a number, a name, or the same', () => {
  const graph = graphOf([
    service({ app: 'a' }, [{ port: 1, targetPort: 9002 }, { port: 2, targetPort: 'grpc' }, { port: 3, targetPort: 0 }, { port: 4, targetPort: '' }, { port: 5, targetPort: 'none' }]),
    pod('a', { app: 'a' }, [{ name: 'grpc', containerPort: 9003 }]),
  ]);
  const { ports, selects: [{ containers }] } = findService(graph, 'n', 's')!;
  expect(ports.map((port) => targetPortIn(port, containers))).toEqual([9002, 9003, 3, 4, undefined]);
});
