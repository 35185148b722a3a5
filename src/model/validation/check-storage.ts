import { LONGEST_NAME, Mistake, parseQuantity } from '../../core';
import { planVolume, StorageVolumeSpec } from '../../plan';
import type { ModelContext } from './model-context';

const SYSTEM_PATHS = ['/dev', '/proc', '/sys', '/etc', '/var/run'];
const DOWNLOAD_SUFFIX = '-model-download';

/** What the admission webhook refuses of storage volumes. */
export function checkStorage({ name, spec }: ModelContext): Mistake[] {
  const volumes = spec.model.storage?.volumes ?? [];
  const field = 'spec.model.storage.volumes';
  return [
    ...volumes.flatMap((volume, index) => checkVolume(name, volume, `${field}[${index}]`)),
    ...checkUnique(name, volumes, field),
    ...checkPurposes(volumes, field),
    ...checkDownload(name, volumes),
  ];
}

function checkVolume(model: string, volume: StorageVolumeSpec, field: string): Mistake[] {
  const mistake = (key: string, value: unknown, problem: string, fix: string, allowed?: string): Mistake => (
    { code: 'IGW206', field: `${field}.${key}`, ...(value === undefined ? {} : { value }), problem, allowed, fix }
  );
  return [...checkClaim(model, volume, mistake), ...checkMountPath(volume, mistake)];
}

type MistakeIn = (key: string, value: unknown, problem: string, fix: string, allowed?: string) => Mistake;

function checkClaim(model: string, volume: StorageVolumeSpec, mistake: MistakeIn): Mistake[] {
  const { name, claimName, readOnly, size, accessMode, storageClassName } = volume;
  const mistakes: Mistake[] = [];
  if (size === undefined) {
    const fix = 'remove it, or set a size';
    const problem = 'has no effect on a claim that exists';
    if (!claimName) {
      mistakes.push(mistake('claimName', undefined, 'is missing, and without a size no claim is made', 'name a claim that exists, or set a size'));
    }
    if (accessMode) mistakes.push(mistake('accessMode', accessMode, problem, fix));
    if (storageClassName !== undefined) mistakes.push(mistake('storageClassName', storageClassName, problem, fix));
    return mistakes;
  }
  const made = `${model}-${name}`;
  if (parseQuantity(String(size)) === undefined) {
    mistakes.push(mistake('size', size, 'is not a quantity', 'write a Kubernetes quantity', 'for example 100Gi'));
  }
  if (readOnly) mistakes.push(mistake('readOnly', true, 'keeps anything from being written to the new claim', 'remove it'));
  if (claimName && claimName !== made) {
    const fix = 'remove claimName, or remove size to use a claim that exists';
    mistakes.push(mistake('claimName', claimName, 'is not the claim that size makes', fix, made));
  }
  if (made.length > LONGEST_NAME) {
    const problem = `makes the claim's name ${made.length} characters long`;
    mistakes.push(mistake('name', name, problem, 'choose a shorter name for model or volume', `at most ${LONGEST_NAME}`));
  }
  return mistakes;
}

function checkMountPath({ mountPath, purpose = 'custom' }: StorageVolumeSpec, mistake: MistakeIn): Mistake[] {
  if (!mountPath) {
    if (purpose !== 'custom') return [];
    const fix = 'set a mount path, or purpose modelCache or compilationCache';
    return [mistake('mountPath', undefined, 'is missing, and purpose custom has no default', fix)];
  }
  const mistakes: Mistake[] = [];
  if (!mountPath.startsWith('/')) mistakes.push(mistake('mountPath', mountPath, 'is not an absolute path', 'start it with /'));
  const system = SYSTEM_PATHS.find((path) => mountPath === path || mountPath.startsWith(`${path}/`));
  if (system) mistakes.push(mistake('mountPath', mountPath, `would hide the system path ${system}`, 'choose another path'));
  return mistakes;
}

/** Defaults count: a volume without a mount path is mounted all the same. */
function checkUnique(model: string, volumes: readonly StorageVolumeSpec[], field: string): Mistake[] {
  const planned = volumes.map((volume) => planVolume(model, volume));
  return (['name', 'mountPath', 'claimName'] as const).flatMap((key) => planned.flatMap((volume, index): Mistake[] => {
    const value = key === 'claimName' && !volumes[index].claimName && volume.size === undefined ? '' : volume[key];
    if (!value || planned.findIndex((other) => other[key] === value) === index) return [];
    return [{
      code: 'IGW206',
      field: `${field}[${index}].${key}`,
      value,
      problem: 'is used by another volume too',
      allowed: 'a different one for each volume',
      fix: 'give each volume its own',
    }];
  }));
}

function checkPurposes(volumes: readonly StorageVolumeSpec[], field: string): Mistake[] {
  return ['modelCache', 'compilationCache'].flatMap((purpose): Mistake[] => {
    const count = volumes.filter((volume) => volume.purpose === purpose).length;
    if (count <= 1) return [];
    const problem = `is the number of volumes with purpose ${purpose}`;
    return [{ code: 'IGW206', field, value: count, problem, allowed: 'at most one', fix: 'keep one of them' }];
  });
}

function checkDownload(name: string, volumes: readonly StorageVolumeSpec[]): Mistake[] {
  const length = (name + DOWNLOAD_SUFFIX).length;
  const downloads = volumes.some(({ purpose, size, readOnly }) => purpose === 'modelCache' && size !== undefined && !readOnly);
  if (!downloads || length <= LONGEST_NAME) return [];
  return [{
    code: 'IGW102',
    field: 'metadata.name',
    value: name,
    problem: `makes the download Job ${length} characters long`,
    allowed: `at most ${LONGEST_NAME - DOWNLOAD_SUFFIX.length} characters`,
    fix: 'choose a shorter name',
  }];
}
