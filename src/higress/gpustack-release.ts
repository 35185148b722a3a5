/** The GPUStack release whose gateway is declared. It decides the plugins, their versions, priorities and configuration. */
export enum GpuStackRelease {
  /** The initialiser between 2.1.0 and 2.2.0 (480ac1b9): Higress' own plugins, and a transformer for generic routes. */
  REFERENCE = 'reference',

  /** 2.2.3: model router, model mapper and AI proxy of GPUStack; authentication by route name. */
  V2_2_3 = '2.2.3',

  /** The main branch of August 2026 (47277d79): API keys are authenticated at the gateway; plugins can be replaced one by one. */
  HEAD_2026_08 = 'head-2026-08',
}
