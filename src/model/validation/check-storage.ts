import { LONGEST_NAME, Mistake, parseQuantity } from '../../core';
import { claimNameOf, StorageVolumeSpec } from '../../plan';
import type { ModelContext } from './model-context';

const SYSTEM_PATHS = ['/dev', '/proc', '/sys', '/etc', '/var/run'];
const DOWNLOAD_SUFFIX = '-model-download';

/** What the admission webhook refuses of storage volumes. */
export function checkStorage({ name, spec }: ModelContext): Mistake[] {
  const volumes = spec.model.storage?.volumes ?? [];
  const at = (index: number) => `spec.model.storage.volumes[${index}]`;
  const mistakes: Mistake[] = volumes.flatMap((volume, index) => checkVolume(name, volume, at(index)));

  const repeated = (key: 'name' | 'mountPath' | 'claimName') => volumes.forEach((volume, index) => {
    const value = volume[key];
    if (value && volumes.findIndex((other) => other[key] === value) < index) {
      mistakes.push({ code: 'IGW206', field: `${at(index)}.${key}`, value, problem: 'is used by another volume too', fix: 'give each volume its own' });
    }
  });
  repeated('name');
  repeated('mountPath');
  repeated('claimName');

  for (const purpose of ['modelCache', 'compilationCache'] as const) {
    const count = volumes.filter((volume) => volume.purpose === purpose).length;
    if (count > 1) {
      mistakes.push({ code: 'IGW206', field: 'spec.model.storage.volumes', value: count, problem: `have purpose ${purpose}`, allowed: 'at most one', fix: 'keep one of them' });
    }
  }
  const downloads = volumes.some(({ purpose, size, readOnly }) => purpose === 'modelCache' && size !== undefined && !readOnly);
  if (downloads && (name + DOWNLOAD_SUFFIX).length > LONGEST_NAME) {
    mistakes.push({ code: 'IGW102', field: 'metadata.name', value: name, problem: `makes the download Job ${name.length + DOWNLOAD_SUFFIX.length} characters long`, allowed: `at most ${LONGEST_NAME}`, fix: 'choose a shorter name' });
  }
  return mistakes;
}

function checkVolume(model: string, volume: StorageVolumeSpec, field: string): Mistake[] {
  const { name, claimName, mountPath, readOnly, size, accessMode, storageClassName } = volume;
  const purpose = volume.purpose ?? 'custom';
  const mistakes: Mistake[] = [];
  const add = (key: string, value: unknown, problem: string, fix: string, allowed?: string) => mistakes.push({ code: 'IGW206', field: `${field}.${key}`, value, problem, fix, allowed });

  if (size === undefined) {
    if (!claimName) mistakes.push({ code: 'IGW206', field: `${field}.claimName`, problem: 'is missing, and without a size no claim is made', fix: 'name a claim that exists, or set a size' });
    if (accessMode) add('accessMode', accessMode, 'has no effect on a claim that exists', 'remove it, or set a size');
    if (storageClassName !== undefined) add('storageClassName', storageClassName, 'has no effect on a claim that exists', 'remove it, or set a size');
  } else {
    const claim = claimNameOf(model, volume);
    if (parseQuantity(String(size)) === undefined) add('size', size, 'is not a quantity', 'write a Kubernetes quantity', 'for example 100Gi');
    if (readOnly) add('readOnly', true, 'keeps anything from being written to the new claim', 'remove it');
    if (claimName && claimName !== `${model}-${name}`) add('claimName', claimName, `is made for the volume, as ${model}-${name}`, 'remove claimName, or remove size to use a claim that exists');
    if (claim.length > LONGEST_NAME) add('name', name, `makes the claim's name ${claim.length} characters long`, 'choose a shorter name for model or volume', `at most ${LONGEST_NAME}`);
  }
  if (mountPath && !mountPath.startsWith('/')) add('mountPath', mountPath, 'is not an absolute path', 'start it with /');
  if (!mountPath && purpose === 'custom') mistakes.push({ code: 'IGW206', field: `${field}.mountPath`, problem: 'is missing, and purpose custom has no default', fix: 'set a mount path, or purpose modelCache or compilationCache' });
  const system = SYSTEM_PATHS.find((path) => mountPath === path || mountPath?.startsWith(`${path}/`));
  if (system) add('mountPath', mountPath, `would hide the system path ${system}`, 'choose another path');
  return mistakes;
}
