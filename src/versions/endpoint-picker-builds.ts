import type { EndpointPickerBuild } from './endpoint-picker-build';
import { GAIE_1_4 } from './endpoint-picker-gaie-1-4';
import { GAIE_1_5 } from './endpoint-picker-gaie-1-5';
import { LLMD_ROUTER_0_10 } from './endpoint-picker-llmd-router-0-10';
import { LLMD_ROUTER_0_9 } from './endpoint-picker-llmd-router-0-9';
import { LLMD_SCHEDULER_0_6 } from './endpoint-picker-llmd-scheduler-0-6';

/** The builds of the endpoint picker whose facts are known, oldest first. */
export const ENDPOINT_PICKER_BUILDS: readonly EndpointPickerBuild[] = [
  LLMD_SCHEDULER_0_6, GAIE_1_4, GAIE_1_5, LLMD_ROUTER_0_9, LLMD_ROUTER_0_10,
];

/** The build an image is, told by the end of its path and its tag; undefined for any other image and for a digest alone. */
export function buildOfImage(image: string): EndpointPickerBuild | undefined {
  const [, path, tag] = /^([^@]+):([^:/@]+)(?:@.*)?$/.exec(image) ?? [];
  if (!path || !tag) return undefined;
  const release = /^v?([0-9]+\.[0-9]+)\.[0-9]+$/.exec(tag)?.[1];
  return ENDPOINT_PICKER_BUILDS.find((build) => build.release === release && `/${path}`.endsWith(`/${build.repository}`));
}
