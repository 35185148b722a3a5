import type { Rule } from './rule';
import { AIRUNWAY_RECONCILER } from './sources';

/** Rules about manifests and CustomResourceDefinitions that are read. */
export const INPUT_RULES = {
  IGW601: {
    title: 'a manifest cannot be read',
    breaks: 'nothing can be rendered from it',
    source: 'YAML 1.2, Kubernetes API conventions',
  },
  IGW602: {
    title: 'a CustomResourceDefinition cannot be loaded',
    breaks: 'nothing can be rendered from it',
    source: 'Kubernetes CustomResourceDefinition, apiextensions.k8s.io/v1',
  },
  IGW603: {
    title: 'an object of the input has the name of one that would be rendered',
    breaks: 'a live controller fails with ResourceConflict on a workload, adopts an endpoint picker, and overwrites a route',
    source: AIRUNWAY_RECONCILER,
  },
} as const satisfies Record<string, Rule>;
