import fs, { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatMistake } from '../../src/core';
import { readManifestFiles, readManifestObjects, readManifestText, ReadManifests } from '../../src/manifests/manifest-files';

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\n`;
const namesOf = ({ found }: ReadManifests) => found.map(({ manifest }) => manifest.metadata.name);
const messagesOf = ({ mistakes }: ReadManifests) => mistakes.map(formatMistake);

describe('texts', () => {
  test('one document is one object, with the line it starts in', () => {
    expect(readManifestText(`\n# a pod\n${pod('a')}`, 'a.yaml')).toEqual({
      source: 'a.yaml', found: [{ manifest: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, location: 'a.yaml:3' }], mistakes: [],
    });
  });

  test('several documents keep their order and lines; empty ones are nothing', () => {
    const read = readManifestText(`---\n${pod('b')}---\n# only a comment\n---\n${pod('a')}---\n`, 'x');
    expect(namesOf(read)).toEqual(['b', 'a']);
    expect(read.found.map(({ location }) => location)).toEqual(['x:2', 'x:8']);
    expect(read.mistakes).toEqual([]);
    expect(readManifestText('', 'x')).toEqual({ source: 'x', found: [], mistakes: [] });
  });

  test('JSON is YAML', () => {
    expect(namesOf(readManifestText('{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}}', 'x'))).toEqual(['a']);
  });

  test('bytes are UTF-8, with or without a byte order mark', () => {
    expect(namesOf(readManifestText(Buffer.from(`\ufeff${pod('ä')}`), 'x'))).toEqual(['ä']);
  });

  test('a List is taken apart, however deep', () => {
    const list = (items: object[]) => ({ apiVersion: 'v1', kind: 'List', items });
    const item = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name } });
    expect(namesOf(readManifestText(JSON.stringify(list([item('a'), list([item('b')])])), 'x'))).toEqual(['a', 'b']);
  });

  test('a list of one kind, as the API server answers it, says what its items are', () => {
    const list = { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeploymentList', metadata: {}, items: [{ metadata: { name: 'a' } }] };
    expect(readManifestObjects([list]).found).toEqual([
      { manifest: { apiVersion: 'airunway.ai/v1alpha1', kind: 'ModelDeployment', metadata: { name: 'a' } } },
    ]);
  });

  test('YAML is read as Kubernetes reads it', () => {
    const text = `${pod('a')}x: {mode: 0644, on: yes, date: 2026-01-31, time: 12:30:45, text: 'no', base: &base {a: 1}, merged: {<<: *base, b: 2}}`;
    expect(readManifestText(text, 'x').found[0].manifest.x).toEqual({
      mode: 420, true: true, date: '2026-01-31', time: '12:30:45', text: 'no', base: { a: 1 }, merged: { a: 1, b: 2 },
    });
  });

  test('fails for text that is not YAML, with its line, and goes on with the next document', () => {
    const read = readManifestText(`${pod('a')}---\nx: [1\n---\n${pod('b')}---\ny: *nowhere\n---\nz: 1\nz: 2\n`, 'x.yaml');
    expect(namesOf(read)).toEqual(['a', 'b']);
    expect(messagesOf(read)).toEqual([
      expect.stringMatching(/^IGW601 x\.yaml:\d+: is not YAML: .* at line \d+, column \d+; correct the file$/),
      'IGW601 x.yaml:11: is not YAML: Unresolved alias (the anchor must be set before the alias): nowhere at line 11; correct the file',
      'IGW601 x.yaml:14: is not YAML: Map keys must be unique at line 14, column 1; correct the file',
    ]);
  });

  test('fails for bytes that are not UTF-8', () => {
    const utf16 = Buffer.from(`\ufeff${pod('a')}`, 'utf16le');
    expect(messagesOf(readManifestText(utf16, 'x.yaml'))).toEqual(['IGW601 x.yaml: is not text in UTF-8; save it as UTF-8']);
    expect(messagesOf(readManifestText(Uint8Array.of(0x61, 0xff), 'x.yaml'))).toEqual(['IGW601 x.yaml: is not text in UTF-8; save it as UTF-8']);
  });

  test.each([
    ['a: 1', 'IGW601 x:1 apiVersion: is missing, and every Kubernetes object has one; set it, or remove the document'],
    ['just text', 'IGW601 x:1 is "just text": is not a Kubernetes object; allowed: an object with apiVersion, kind and metadata; correct it, or remove it'],
    ['[]', 'IGW601 x:1 is []: is not a Kubernetes object; allowed: an object with apiVersion, kind and metadata; correct it, or remove it'],
    ['apiVersion: v1\nkind: 5\nmetadata: {name: a}', 'IGW601 x:1 kind is 5: is not a name; allowed: text; write it in quotes'],
    ['apiVersion: v1\nkind: Pod', 'IGW601 x:1 metadata.name: is missing, and every Kubernetes object has one; set it, or remove the document'],
    ['apiVersion: v1\nkind: Pod\nmetadata: [a]', 'IGW601 x:1 metadata is ["a"]: is not an object; allowed: an object with a name; set metadata.name'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {}', 'IGW601 x:1 metadata.name: is missing, and every Kubernetes object has one; set it, or remove the document'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: 7}', 'IGW601 x:1 metadata.name is 7: is not a name; allowed: text; write it in quotes'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: ""}', 'IGW601 x:1 metadata.name is "": is not a name; allowed: text; write it in quotes'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: 1}', 'IGW601 x:1 metadata.namespace is 1: is not a name; allowed: text; write it in quotes'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {b: true}}', 'IGW601 x:1 metadata.labels.b is true: is not text; allowed: text; write it in quotes'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: [b]}', 'IGW601 x:1 metadata.annotations is ["b"]: is not an object; allowed: an object of texts; write one line for each'],
    ['apiVersion: v1\nkind: Pod\nmetadata: {name: a, finalizers: b}', 'IGW601 x:1 metadata.finalizers is "b": is not a list; allowed: a list; write a list'],
    ['apiVersion: v1\nkind: List\nitems: [1]', 'IGW601 x:1 items[0] is 1: is not a Kubernetes object; allowed: an object with apiVersion, kind and metadata; correct it, or remove it'],
  ])('fails for a document that is no object of Kubernetes: %j', (text, message) => {
    const read = readManifestText(text, 'x');
    expect(messagesOf(read)).toContain(message);
    expect(read.found).toEqual([]);
  });

  test('nulls in metadata are the same as nothing', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: null, labels: null, annotations: ~}';
    expect(readManifestText(text, 'x').mistakes).toEqual([]);
  });
});

describe('files', () => {
  let folder: string;
  const write = (name: string, text: string | Buffer) => writeFileSync(join(folder, name), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test('a file is read whatever its name', () => {
    write('models', pod('a'));
    const path = join(folder, 'models');
    expect(readManifestFiles(path)).toEqual({
      source: path, found: [{ manifest: expect.objectContaining({ kind: 'Pod' }), location: `${path}:1` }], mistakes: [],
    });
  });

  test('a folder is read in the order of its paths, folders below too; other files are not', () => {
    mkdirSync(join(folder, 'b'));
    mkdirSync(join(folder, 'folder.yaml'));
    write('c.json', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'c' } }));
    write('b/x.yml', pod('b'));
    write('a.yaml', pod('a'));
    write('folder.yaml/d.yaml', pod('d'));
    write('README.md', '# not a manifest');
    expect(namesOf(readManifestFiles(folder))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('fails for a path that is not there, and for a folder without manifests', () => {
    const missing = join(folder, 'missing.yaml');
    expect(messagesOf(readManifestFiles(missing))).toEqual([`IGW601 ${missing}: is not a file or a folder; correct the path`]);
    write('README.md', '');
    expect(messagesOf(readManifestFiles(folder))).toEqual([`IGW601 ${folder}: holds no .yaml, .yml or .json file; correct the path`]);
    expect(messagesOf(readManifestFiles(join(folder, 'README.md', 'x')))).toEqual([expect.stringContaining('is not a file or a folder')]);
  });

  test('fails for every unreadable file of a folder, and reads the others', () => {
    write('a.yaml', pod('a'));
    write('b.yaml', Buffer.from([0xc3, 0x28]));
    symlinkSync('c.yaml', join(folder, 'c.yaml'));
    symlinkSync('nowhere', join(folder, 'd.yaml'));
    write('e.yaml', 'x: [');
    const read = readManifestFiles(folder);
    expect(namesOf(read)).toEqual(['a']);
    expect(messagesOf(read)).toEqual([
      `IGW601 ${join(folder, 'b.yaml')}: is not text in UTF-8; save it as UTF-8`,
      `IGW601 ${join(folder, 'c.yaml')}: cannot be read: ELOOP; check its permissions and what it is`,
      `IGW601 ${join(folder, 'd.yaml')}: is not a file or a folder; correct the path`,
      expect.stringContaining(`IGW601 ${join(folder, 'e.yaml')}:1: is not YAML: `),
    ]);
  });

  test('fails for a file that may not be read', () => {
    write('a.yaml', pod('a'));
    // Permissions do not keep root out.
    jest.spyOn(fs, 'readFileSync').mockImplementation(() => {
      throw Object.assign(new Error('permission denied'), { code: 'EACCES' });
    });
    const path = join(folder, 'a.yaml');
    expect(messagesOf(readManifestFiles(path))).toEqual([`IGW601 ${path}: may not be read; check its permissions and what it is`]);
  });

  test('an error that is not one of the file system is not taken for one', () => {
    write('a.yaml', pod('a'));
    jest.spyOn(fs, 'readFileSync').mockImplementation(() => {
      throw new TypeError('a mistake of ours');
    });
    expect(() => readManifestFiles(join(folder, 'a.yaml'))).toThrow('a mistake of ours');
  });
});

test('objects are copied, and named by their place in messages', () => {
  const given = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
  const read = readManifestObjects([given, null, { kind: 'Pod' }]);
  expect(read.found).toEqual([{ manifest: given }]);
  expect(read.found[0].manifest).not.toBe(given);
  expect(messagesOf(read)[0]).toMatch(/^IGW601 manifests\[2\] apiVersion: is missing/);
});
