import type { Manifest } from '../core';

/** Looks at the objects of a fleet before anything is written. */
export interface FleetCheck {
  /**
   * What is wrong with the objects of one file, a line each.
   *
   * @param file the file they go to
   * @param manifests the objects of the file
   * @param shared the objects of the app's charts: the Gateway, providers and whatever else models refer to
   */
  check(file: string, manifests: readonly Manifest[], shared: readonly Manifest[]): readonly string[];
}
