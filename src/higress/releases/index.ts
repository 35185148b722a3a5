import { GpuStackRelease } from '../gpustack-release';
import type { GpuStackProfile } from './gpustack-profile';

export type { GpuStackProfile, PluginProfile } from './gpustack-profile';

/** Each release of GPUStack, as data. One is loaded when it is first used: an app has one. */
export const PROFILES: Readonly<Record<GpuStackRelease, GpuStackProfile>> = {
  get [GpuStackRelease.REFERENCE]() { return (require('./reference') as typeof import('./reference')).REFERENCE; },
  get [GpuStackRelease.V2_2_3]() { return (require('./v2-2-3') as typeof import('./v2-2-3')).V2_2_3; },
  get [GpuStackRelease.HEAD_2026_08]() { return (require('./head-2026-08') as typeof import('./head-2026-08')).HEAD_2026_08; },
};
