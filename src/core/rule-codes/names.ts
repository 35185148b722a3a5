import type { Rule } from './rule';
import { AIRUNWAY_RECONCILER } from './sources';

/** Rules about names, and objects that get in each other's way. */
export const NAME_RULES = {
  IGW101: {
    title: 'a name is not a valid Kubernetes name',
    breaks: 'the API server refuses the object or one derived from it',
    source: 'Kubernetes object names (RFC 1123, RFC 1035)',
  },
  IGW102: {
    title: 'a name is too long for what is derived from it',
    breaks: 'the endpoint picker label or the Service is refused after half of the objects exist',
    source: AIRUNWAY_RECONCILER,
  },
  IGW103: {
    title: 'two constructs render the same object',
    breaks: 'the last one applied wins, silently',
    source: 'cdk8s-team/cdk8s#2496',
  },
  IGW104: {
    title: 'one model is rendered both statically and for a controller',
    breaks: 'the live controller fails on the workload, adopts the endpoint picker, and deletes by name whatever it thinks is its own',
    source: AIRUNWAY_RECONCILER,
  },
  IGW105: {
    title: 'a rule of the graph is muted without a reason, or is none',
    breaks: 'nothing; but nobody knows later why the finding is none',
    source: 'this library',
  },
} as const satisfies Record<string, Rule>;
