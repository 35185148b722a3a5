import { Size } from 'cdk8s';
import { compact, sizeToQuantity } from '../core';
import type { StorageVolumeSpec } from '../plan';

/** What a volume is for. */
export enum VolumePurpose {
  /** Model weights; mounted at `/model-cache` unless said otherwise. */
  MODEL_CACHE = 'modelCache',
  /** Compiled kernels; mounted at `/compilation-cache` unless said otherwise. */
  COMPILATION_CACHE = 'compilationCache',
  /** Anything else; needs a mount path. */
  CUSTOM = 'custom',
}

/** How pods may mount a claim that is made for them. */
export enum VolumeAccessMode {
  /** By the pods of one node. */
  READ_WRITE_ONCE = 'ReadWriteOnce',
  /** By pods of any node. */
  READ_WRITE_MANY = 'ReadWriteMany',
  /** By pods of any node, for reading. */
  READ_ONLY_MANY = 'ReadOnlyMany',
  /** By one pod. */
  READ_WRITE_ONCE_POD = 'ReadWriteOncePod',
}

/** A volume of a model: a claim that exists (`claimName`), or one that is made (`size`). */
export interface StorageVolume {
  /** Name of the volume, unique in its model. */
  readonly name: string;

  /**
   * What it is for.
   *
   * @default VolumePurpose.CUSTOM
   */
  readonly purpose?: VolumePurpose;

  /**
   * Name of a PersistentVolumeClaim that exists in the model's namespace.
   *
   * @default - `<model>-<volume>` with `size`
   */
  readonly claimName?: string;

  /**
   * Absolute path to mount it at.
   *
   * @default - `/model-cache` or `/compilation-cache` by purpose
   */
  readonly mountPath?: string;

  /**
   * Whether it is mounted read-only. Nothing is downloaded into a read-only model cache.
   *
   * @default false
   */
  readonly readOnly?: boolean;

  /**
   * Size of the claim to make.
   *
   * @default - no claim is made
   */
  readonly size?: Size;

  /**
   * StorageClass of the claim to make; empty for none.
   *
   * @default - the cluster's default class
   */
  readonly storageClassName?: string;

  /**
   * How the claim to make may be mounted.
   *
   * @default VolumeAccessMode.READ_WRITE_MANY
   */
  readonly accessMode?: VolumeAccessMode;
}

export function volumeSpec(volume: StorageVolume): StorageVolumeSpec {
  return compact({ ...volume, size: volume.size && sizeToQuantity(volume.size) });
}
