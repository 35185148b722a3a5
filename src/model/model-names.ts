/** What a model and all its objects are called by. */
export interface ModelNames {
  readonly name: string;
  readonly namespace: string;
  /** The name routes match on; empty when nothing says it. */
  readonly modelName: string;
}
