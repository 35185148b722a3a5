import * as fs from 'node:fs';
import { ApiClient } from './api-client';
import { applyOne } from './apply';
import { KubeObject, describeObject, readObjects } from './kube-object';

/** The CustomResourceDefinitions in the folder that CRDS_DIR names; whatever else is in its files is left out. */
export function readCrds(): KubeObject[] {
  const folder = process.env.CRDS_DIR;
  if (!folder || !fs.existsSync(folder)) {
    throw new Error(`the cluster test needs the CRDs of the kinds it applies: set CRDS_DIR to their folder (it is ${folder ?? 'not set'})`);
  }
  const crds = readObjects(folder).filter(({ kind }) => kind === 'CustomResourceDefinition');
  if (crds.length === 0) {
    throw new Error(`CRDS_DIR: no CustomResourceDefinition in ${folder}`);
  }
  return crds;
}

/** Applies CRDs and waits until their kinds are served. They are independent of each other, so all go at once. */
export async function applyCrds(client: ApiClient, crds: readonly KubeObject[]): Promise<void> {
  const refused = (await Promise.all(crds.map((crd) => applyOne(client, crd)))).filter(({ accepted }) => !accepted);
  if (refused.length > 0) {
    throw new Error(refused.map(({ object, message }) => `${describeObject(object)}: ${message}`).join('\n'));
  }
}
