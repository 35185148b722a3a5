import { ENDPOINT_PICKER_BUILDS, FlagFact } from '../../versions';
import type { Picker } from './endpoint-pickers';
import type { FlagSet } from './flag-problems';

/** The flags of a picker's build; for a build that is not known, those that any has. */
export function flagSetOf({ build }: Picker): FlagSet {
  if (!build) return ANY_BUILD;
  return { name: build.name, flags: build.flags, forbidden: build.forbiddenFlags, removed: build.removedFlags };
}

const ANY_BUILD: FlagSet = {
  name: 'the endpoint picker',
  flags: Object.assign({}, ...ENDPOINT_PICKER_BUILDS.map(({ flags }) => flags)) as Record<string, FlagFact>,
};
