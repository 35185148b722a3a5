import { compact, Manifest } from '../../core';
import type { ModelPlan, PlannedVolume } from '../../plan';
import { canonicalQuantity } from '../parts/canonical-quantity';
import { managerOf, poolLabel } from '../parts/labels';

/** The live provider names no version of it either. */
const DOWNLOADER_IMAGE = 'ghcr.io/ai-runway/airunway/model-downloader:latest';
const DOWNLOAD = 'model-download';
const CACHE_VOLUME = 'model-cache';

/** The claims of the volumes that have a size; the others exist already. */
export function storageClaims(plan: ModelPlan): Manifest[] {
  return plan.model.volumes.filter(({ size }) => size !== undefined).map((volume) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: volume.claimName, namespace: plan.namespace, labels: storageLabels(plan) },
    spec: compact({
      accessModes: [volume.accessMode],
      resources: { requests: { storage: canonicalQuantity(volume.size!) } },
      storageClassName: volume.storageClassName,
    }),
  }));
}

/** The volume that model files are downloaded to. */
export function modelCacheOf({ model }: ModelPlan): PlannedVolume | undefined {
  return model.volumes.find(({ purpose }) => purpose === 'modelCache');
}

export function downloadJobName({ name }: ModelPlan): string {
  return `${name}-${DOWNLOAD}`;
}

/** A read-only cache is filled already, and only Hugging Face can be downloaded from. */
export function needsDownload(plan: ModelPlan): boolean {
  const cache = modelCacheOf(plan);
  return cache !== undefined && !cache.readOnly && plan.model.source === 'huggingface';
}

/** At most one Job, which fills the cache before the workers start. */
export function downloadJobs(plan: ModelPlan): Manifest[] {
  if (!needsDownload(plan)) return [];
  const { claimName, mountPath } = modelCacheOf(plan)!;
  const token = plan.huggingFaceTokenSecret;
  return [{
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: downloadJobName(plan),
      namespace: plan.namespace,
      labels: { ...storageLabels(plan), [`${plan.domain}/job-type`]: DOWNLOAD },
    },
    spec: {
      backoffLimit: 6,
      completions: 1,
      parallelism: 1,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [compact({
            name: DOWNLOAD,
            image: DOWNLOADER_IMAGE,
            args: ['download', plan.model.id],
            env: [{ name: 'HF_HOME', value: mountPath }],
            envFrom: token ? [{ secretRef: { name: token } }] : undefined,
            resources: { limits: { memory: '16Gi' }, requests: { cpu: '500m', memory: '2Gi' } },
            volumeMounts: [{ name: CACHE_VOLUME, mountPath }],
          })],
          volumes: [{ name: CACHE_VOLUME, persistentVolumeClaim: { claimName } }],
        },
      },
    },
  }];
}

function storageLabels(plan: ModelPlan): Record<string, string> {
  return { [`${plan.domain}/managed-by`]: managerOf(plan), ...poolLabel(plan) };
}
