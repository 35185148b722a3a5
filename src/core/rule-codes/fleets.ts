import type { Rule } from './rule';

const LIBRARY_FLEET = 'docs/fleet.md of this library: what a folder of generated files needs to stay in step with its models';

/** Rules about fleets. */
export const FLEET_RULES = {
  IGW801: {
    title: 'two models of a fleet are one',
    breaks: 'both would be written to one file, and the last one would win',
    source: LIBRARY_FLEET,
  },
  IGW802: {
    title: 'a team or cluster is no name of a file',
    breaks: 'files would be written somewhere else, or two teams would share a folder',
    source: LIBRARY_FLEET,
  },
  IGW803: {
    title: 'a file is in the way that the fleet did not write',
    breaks: 'what somebody wrote there would be lost',
    source: LIBRARY_FLEET,
  },
  IGW804: {
    title: 'a fleet without models would delete all of its files',
    breaks: 'a GitOps tool that prunes takes every model out of service',
    source: LIBRARY_FLEET,
  },
  IGW805: {
    title: 'a catalogue cannot be read',
    breaks: 'models would be left out, or rendered otherwise than meant',
    source: LIBRARY_FLEET,
  },
  IGW806: {
    title: 'a fleet is not written',
    breaks: 'its models are in no file, while their Gateway waits for them',
    source: LIBRARY_FLEET,
  },
  IGW807: {
    title: 'an Argo CD ApplicationSet of a fleet is not valid',
    breaks: 'Argo CD makes no Applications, or one for the wrong folder',
    source: 'argoproj/argo-cd docs/operator-manual/applicationset',
  },
} as const satisfies Record<string, Rule>;
