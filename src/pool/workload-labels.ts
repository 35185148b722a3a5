import { ApiObject, JsonPatch } from 'cdk8s';
import type { Workload } from 'cdk8s-plus-28';
import type { Mistake } from '../core';

/** The pods of a workload, whatever describes them. */
export interface PodTemplate {
  readonly namespace?: string;
  /** Ports its containers declare. */
  readonly ports: readonly number[];
  /** Where labels go in the manifest; absent when it has no pod template at a known place. */
  readonly labelsPath?: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function templateOfWorkload(workload: Workload): PodTemplate {
  return {
    namespace: workload.metadata.namespace,
    ports: workload.containers.flatMap((container) => container.ports.map(({ number }) => number)),
    labels: {},
  };
}

/** Reads the manifest as it stands now; only pods and what has `spec.template` say where their labels are. */
export function templateOfObject(object: ApiObject): PodTemplate {
  const manifest = object.toJson();
  const isPod = manifest.kind === 'Pod' && manifest.apiVersion === 'v1';
  const template = isPod ? manifest : manifest.spec?.template;
  const containers: any[] = Array.isArray(template?.spec?.containers) ? template.spec.containers : [];
  return {
    namespace: object.metadata.namespace,
    ports: containers.flatMap((container) => (container.ports ?? []).map(({ containerPort }: { containerPort: number }) => containerPort)),
    labelsPath: containers.length > 0 ? `${isPod ? '' : '/spec/template'}/metadata/labels` : undefined,
    labels: template?.metadata?.labels ?? {},
  };
}

/** Puts labels on the pods of a raw object, by JSON patches: what else the manifest says stays as it is. */
export function labelPods(object: ApiObject, { labelsPath, labels }: PodTemplate, wanted: Readonly<Record<string, string>>): void {
  const missing = Object.entries(wanted).filter(([key]) => labels[key] === undefined);
  if (!labelsPath || missing.length === 0) return;
  if (Object.keys(labels).length > 0) {
    object.addJsonPatch(...missing.map(([key, value]) => JsonPatch.add(`${labelsPath}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, value)));
    return;
  }
  const hasMetadata = labelsPath === '/metadata/labels' || object.toJson().spec.template.metadata !== undefined;
  const path = labelsPath.replace(/\/labels$/, '');
  object.addJsonPatch(hasMetadata ? JsonPatch.add(labelsPath, { ...wanted }) : JsonPatch.add(path, { labels: { ...wanted } }));
}

/** What keeps a pool from finding the pods of a raw object. */
export function checkTemplate({ labelsPath, labels }: PodTemplate, wanted: Readonly<Record<string, string>>, given: boolean): Mistake[] {
  if (!labelsPath && !given) {
    return [{
      code: 'IGW501', field: 'workloadObject', problem: 'has no pod template at spec.template to put labels on', fix: 'give `matchLabels` that its pods will have',
    }];
  }
  return Object.entries(wanted).filter(([key, value]) => labels[key] !== undefined && labels[key] !== value).map(([key, value]) => ({
    code: 'IGW501' as const, field: `spec.selector.matchLabels[${key}]`, value, problem: `is not what the pods of the workload are labelled, ${labels[key]}`, allowed: labels[key], fix: 'set the same value on both',
  }));
}
