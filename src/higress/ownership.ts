/** Who owns the fields that a running GPUStack server writes: its registries, providers, match rules and key tables. */
export enum Ownership {
  /** Git owns everything, and everything is rendered. For a gateway that no server writes to: applied over a live one, it wipes its routes. */
  GITOPS = 'gitops',

  /** Git and GPUStack share: what GPUStack writes at run time is left out, so applying again never wipes a live route. */
  SHARED = 'shared',

  /**
   * Everything is rendered, to be created once. What GPUStack writes later is kept by the Argo CD options that
   * `HigressPlugins.ignoreDifferences` and `HigressPlugins.syncOptions` give; without them this is `GITOPS`.
   */
  BOOTSTRAP = 'bootstrap',
}
