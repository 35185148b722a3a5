import { Graph, readYamlDocuments } from '../../src/graph';

test('the smallest file', () => {
  const { documents, unread } = readYamlDocuments('kind: Service\n', 'a.yaml');
  expect(documents.map(({ manifest }) => manifest)).toEqual([{ kind: 'Service' }]);
  expect(unread).toEqual([]);
});

const TEXT = `# a comment
apiVersion: v1
kind: Service
metadata:
  name: a
  labels: &labels
    app.kubernetes.io/name: a
spec:
  selector: *labels
  ports:
  - port: 80
  -
    port: 81
---
---
{"kind": "ConfigMap",
 "data": {"k": "v"}}
`;

test('where fields are', () => {
  const { documents: [service, map] } = readYamlDocuments(TEXT, 'a.yaml');
  const at = (...path: (string | number)[]) => Object.values(service.origin.positionOf!(path)!).join(':');
  expect(at()).toBe('2:1');
  expect(at('metadata', 'name')).toBe('5:3');
  expect(at('metadata', 'labels', 'app.kubernetes.io/name')).toBe('7:5');
  expect(at('spec', 'ports', 0)).toBe('11:5');
  expect(at('spec', 'ports', 1, 'port')).toBe('13:5');
  // Through an alias, and where nothing is: the nearest field that is there.
  expect(at('spec', 'selector', 'app.kubernetes.io/name')).toBe('7:5');
  expect(at('spec', 'ports', 0, 'appProtocol')).toBe('11:5');
  expect(at('spec', 'ports', 7)).toBe('10:3');
  expect(at('status', 'x', 0)).toBe('2:1');
  expect(service.origin).toMatchObject({ file: 'a.yaml', line: 2, document: 0 });
  expect(map.origin).toMatchObject({ line: 16, document: 2 });
  expect(map.origin.positionOf!(['data', 'k'])).toEqual({ line: 17, column: 11 });
});

test('lists are taken apart, and their items know where they are', () => {
  const { documents } = readYamlDocuments([
    'kind: List', 'items:', '- kind: Service', '  metadata: {name: a}', '- kind: PodList', '  apiVersion: v1', '  items:', '  - metadata: {name: b}',
  ].join('\n'), 'a.yaml');
  expect(documents.map(({ manifest, origin: { line } }) => [manifest.kind, manifest.apiVersion, line])).toEqual([['Service', undefined, 3], ['Pod', 'v1', 8]]);
  expect(documents[1].origin.positionOf!(['metadata', 'name'])).toEqual({ line: 8, column: 16 });
});

test('a kind that only ends in List is an object', () => {
  expect(readYamlDocuments('kind: PriorityList\nspec: {}', 'a').documents).toHaveLength(1);
});

test('fails for what is no object, and reads the rest', () => {
  const { documents, unread } = readYamlDocuments('kind: A\n---\n- a\n---\ntext\n---\nkind: {a\n---\nkind: B\n', 'a.yaml');
  expect(documents.map(({ manifest }) => manifest.kind)).toEqual(['A', 'B']);
  expect(unread).toEqual([
    { file: 'a.yaml', line: 3, problem: 'is a list, not an object' },
    { file: 'a.yaml', line: 5, problem: 'is string, not an object' },
    expect.objectContaining({ file: 'a.yaml', problem: expect.stringContaining('Flow map') }),
  ]);
});

test('a list that holds itself ends', () => {
  const { documents } = readYamlDocuments('&a\nkind: List\nitems:\n- *a\n- kind: B\n', 'a.yaml');
  expect(new Graph(documents).objects.length).toBeLessThan(50);
});
