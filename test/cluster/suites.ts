import * as fs from 'node:fs';
import * as path from 'node:path';
import { KubeObject, readObjects, yamlFiles } from './kube-object';
import { privilegedPod, RESTRICTED_NAMESPACE, restrictedPods } from './restricted-pods';
import { readSnapshots } from './snapshots';

export interface Suite {
  readonly name: string;
  readonly objects: () => KubeObject[];
  /** What has to be there before; not counted. */
  readonly given?: readonly KubeObject[];
  /** Set where the server must refuse every object, with such a message. */
  readonly refused?: RegExp;
}

/** What proves that the test can fail at all. */
export const selfChecks: readonly Suite[] = [
  {
    name: 'the server refuses an unknown field of a built-in kind',
    objects: () => [
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'unknown-field' }, spec: { portz: [], ports: [{ port: 80 }] } },
    ],
    refused: /portz/,
  },
  {
    name: 'the server refuses an unknown field of a custom resource',
    objects: () => [
      { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'unknown-field' }, spec: { rulez: [] } },
    ],
    refused: /rulez/,
  },
];

/** Where the suites are: every folder that fits a pattern and has YAML files in it is one. `*` stands for a folder name. */
export const suites: readonly string[] = [
  'examples/*/dist',
  // Folders for different clusters hold objects of the same names.
  'examples/*/dist/clusters/*',
  'examples/*/dist/argocd',
];

/** Folders of tests whose snapshots are whole sets of objects. */
const snapshotFolders = ['test/patterns', 'test/gateway'];

export function findSuites(root: string): Suite[] {
  const folders = suites.flatMap((pattern) => expand(root, pattern.split('/'))).filter((folder) => yamlFiles(folder).length > 0)
    .filter((folder, _, all) => !all.some((other) => other.startsWith(folder + path.sep)));
  if (folders.length === 0) return [];
  return [
    ...folders.map((folder) => ({ name: path.relative(root, folder), objects: () => readSome(folder) })),
    ...snapshotFolders
      .flatMap((folder) => readSnapshots(path.join(root, folder)))
      .map(({ name, objects }) => ({ name, objects: () => objects })),
    { name: 'pods of pickers and routers in a restricted namespace', objects: () => restrictedPods(folders.flatMap(readObjects)) },
    { name: 'the restricted namespace refuses a privileged pod', objects: privilegedPod, given: [RESTRICTED_NAMESPACE], refused: /violates PodSecurity "restricted/ },
  ];
}

function readSome(folder: string): KubeObject[] {
  const objects = readObjects(folder);
  if (objects.length === 0) {
    throw new Error(`${folder}: its YAML files hold no object`);
  }
  return objects;
}

function expand(folder: string, [first, ...rest]: string[]): string[] {
  if (first === undefined) {
    return [folder];
  }
  const names = first === '*' ? namesIn(folder) : [first];
  return names.map((name) => path.join(folder, name)).filter(isFolder).flatMap((child) => expand(child, rest));
}

function namesIn(folder: string): string[] {
  return fs.readdirSync(folder).sort();
}

function isFolder(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
