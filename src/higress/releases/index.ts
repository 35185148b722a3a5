import { GpuStackRelease } from '../gpustack-release';
import type { GpuStackProfile } from './gpustack-profile';
import { HEAD_2026_08 } from './head-2026-08';
import { REFERENCE } from './reference';
import { V2_2_3 } from './v2-2-3';

export type { GpuStackProfile, PluginProfile } from './gpustack-profile';

/** Each release of GPUStack, as data. */
export const PROFILES: Readonly<Record<GpuStackRelease, GpuStackProfile>> = {
  [GpuStackRelease.REFERENCE]: REFERENCE,
  [GpuStackRelease.V2_2_3]: V2_2_3,
  [GpuStackRelease.HEAD_2026_08]: HEAD_2026_08,
};
