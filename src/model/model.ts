import { compact } from '../core';
import type { ModelDeploymentSpec } from '../plan';
import { StorageVolume, volumeSpec } from './storage-volume';

/** Options of a model. */
export interface ModelOptions {
  /**
   * The name clients ask for.
   *
   * @default - the model id
   */
  readonly servedName?: string;

  /**
   * Volumes for weights and caches, 8 at most.
   *
   * @default - none
   */
  readonly volumes?: StorageVolume[];
}

/** Options of a model that the container image brings along. */
export interface CustomModelOptions extends ModelOptions {
  /**
   * The id its server answers to; without one the routed name has to be given.
   *
   * @default - none
   */
  readonly id?: string;
}

/** The model to serve. */
export class Model {
  /**
   * A model of the Hugging Face hub.
   *
   * @param id its id, `Qwen/Qwen3-0.6B` for example
   */
  public static huggingFace(id: string, options: ModelOptions = {}): Model {
    return new Model(id, 'huggingface', options);
  }

  /** A model that the container image brings along. */
  public static custom(options: CustomModelOptions = {}): Model {
    return new Model(options.id, 'custom', options);
  }

  /** The model id; undefined for a custom model without one. */
  public readonly id?: string;
  /** `huggingface` or `custom`. */
  public readonly source: string;
  /** The name clients ask for, where it is not the id. */
  public readonly servedName?: string;

  private readonly volumes?: StorageVolume[];

  private constructor(id: string | undefined, source: 'huggingface' | 'custom', { servedName, volumes }: ModelOptions) {
    this.id = id;
    this.source = source;
    this.servedName = servedName;
    this.volumes = volumes;
  }

  /** @internal */
  public _spec(): ModelDeploymentSpec['model'] {
    return compact({
      id: this.id,
      source: this.source === 'custom' ? 'custom' : undefined,
      servedName: this.servedName,
      storage: this.volumes && { volumes: this.volumes.map(volumeSpec) },
    });
  }
}
