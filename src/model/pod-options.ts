/** An environment variable of the model server: give `value`, or one of the references. */
export interface EnvVariable {
  /** Name of the variable. */
  readonly name: string;

  /**
   * Its value. For secrets use `fromSecret`: what stands here is written to the YAML.
   *
   * @default - from a reference
   */
  readonly value?: string;

  /**
   * A key of a Secret.
   *
   * @default - not from a Secret
   */
  readonly fromSecret?: KeyRef;

  /**
   * A key of a ConfigMap.
   *
   * @default - not from a ConfigMap
   */
  readonly fromConfigMap?: KeyRef;

  /**
   * A field of the pod, `status.podIP` for example.
   *
   * @default - not from a field
   */
  readonly fromField?: string;
}

/** A key of a Secret or ConfigMap in the model's namespace. */
export interface KeyRef {
  /** Name of the object. */
  readonly name: string;
  /** Key in it. */
  readonly key: string;

  /**
   * Whether the pod starts without it.
   *
   * @default false
   */
  readonly optional?: boolean;
}

/** A taint the model's pods tolerate. */
export interface Toleration {
  /**
   * Key of the taint.
   *
   * @default - any, with operator `Exists`
   */
  readonly key?: string;

  /**
   * `Equal` or `Exists`.
   *
   * @default - Equal
   */
  readonly operator?: string;

  /**
   * Value of the taint.
   *
   * @default - none
   */
  readonly value?: string;

  /**
   * `NoSchedule`, `PreferNoSchedule` or `NoExecute`.
   *
   * @default - any
   */
  readonly effect?: string;

  /**
   * How long a `NoExecute` taint is tolerated, in seconds.
   *
   * @default - forever
   */
  readonly tolerationSeconds?: number;
}
