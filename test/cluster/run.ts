/*
 * Applies everything that the examples synthesize to a real API server, twice: the server must accept every object as
 * it is written, and must find nothing to change the second time. It starts an API server of its own, or uses the one
 * that KUBECONFIG names, which should be a throwaway: it gets CRDs that stay, and objects that are deleted again.
 * CRDS_DIR names the folder of the CRDs.
 */
import * as path from 'node:path';
import { ApiClient, Json } from './api-client';
import { applyAll, deleteAll } from './apply';
import { startControlPlane } from './control-plane';
import { applyCrds, readCrds } from './crds';
import { describeObject, KubeObject } from './kube-object';
import { stubCrds } from './stub-crds';
import { findSuites, selfChecks, Suite, suites } from './suites';

interface LoadedSuite extends Omit<Suite, 'objects'> {
  readonly objects: readonly KubeObject[];
}

const ROOT = path.resolve(__dirname, '../..');

async function main(): Promise<void> {
  const crds = readCrds();
  const found = findSuites(ROOT);
  if (found.length === 0) {
    throw new Error(`there is nothing to apply: no folder with YAML files fits ${suites.join(' or ')}; synthesize the examples first`);
  }
  const loaded = [...selfChecks, ...found].map((suite) => ({ ...suite, objects: suite.objects() }));

  const controlPlane = await startControlPlane();
  try {
    const client = await ApiClient.connect(controlPlane.kubeconfig);
    console.log(`API server ${client.server}`);
    await applyCrds(client, crds);
    console.log(`${crds.length} CRDs applied`);
    const stubs = await applyStubs(client, loaded.flatMap(({ objects }) => objects));
    await runSuites(client, loaded);
    await deleteAll(client, stubs); // the next run on this cluster must see, and say, that it needs them
  } finally {
    await controlPlane.stop();
  }
}

async function applyStubs(client: ApiClient, objects: readonly KubeObject[]): Promise<KubeObject[]> {
  const stubs = await stubCrds(client, objects);
  await applyCrds(client, stubs);
  for (const { metadata, spec } of stubs as Json[]) {
    const versions = spec.versions.map(({ name }: Json) => name).join(', ');
    console.log(`stubbed, its fields are not checked: ${spec.names.kind} (${metadata.name}, ${versions})`);
  }
  return stubs;
}

async function runSuites(client: ApiClient, loaded: readonly LoadedSuite[]): Promise<void> {
  let passed = 0;
  let failed = 0;
  for (const suite of loaded) {
    const failures = await runSuite(client, suite);
    console.log(`${failures.length === 0 ? 'ok  ' : 'FAIL'} ${suite.name} (objects: ${suite.objects.length})`);
    failures.forEach((failure) => console.log(`     ${failure.replace(/\n/g, '\n       ')}`));
    failed += failures.length;
    passed += suite.objects.length - failures.length;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** At most one failure for each object. The suite leaves no object to the next one, which may use the same names. */
async function runSuite(client: ApiClient, { objects, given = [], refused }: LoadedSuite): Promise<string[]> {
  await applyAll(client, given);
  const failures = new Map<KubeObject, string>();
  for (const { object, accepted, message } of await applyAll(client, objects)) {
    if (!refused && !accepted) {
      failures.set(object, `refused: ${message}`);
    } else if (refused && (accepted || !refused.test(message!))) {
      failures.set(object, accepted ? `accepted, but must be refused with ${refused}` : `refused, but not with ${refused}: ${message}`);
    }
  }
  if (!refused) {
    for (const { object, accepted, message, changed } of await applyAll(client, objects.filter((one) => !failures.has(one)))) {
      if (!accepted || changed) {
        failures.set(object, accepted ? 'changed when it was applied again' : `refused when it was applied again: ${message}`);
      }
    }
  }
  await deleteAll(client, [...objects, ...given]);
  return [...failures].map(([object, message]) => `${describeObject(object)} ${message}`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
