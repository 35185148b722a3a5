import type { FleetModel } from './fleet-model';

/** Gives the models of a fleet one after the other, so that they need not all be there at once. */
export interface IFleetSource {
  /** The next model; undefined after the last. */
  next(): FleetModel | undefined;
}
