import { compact } from '../../core';
import type { ModelPlan } from '../../plan';
import { runtimeImage } from './images';
import { isMocker, MOCKER_RESOURCES } from './mocker';
import { shorthandsOf } from './shorthands';

const FRONTEND_RESOURCES = { cpu: '2', memory: '4Gi' };

/** The service that routes requests where no gateway does. */
export function frontend(plan: ModelPlan): object {
  return compact({
    componentType: 'frontend',
    replicas: 1,
    resources: { requests: isMocker(plan) ? MOCKER_RESOURCES : FRONTEND_RESOURCES },
    extraPodSpec: {
      mainContainer: {
        image: runtimeImage(plan),
        env: [{ name: 'DYN_ROUTER_MODE', value: shorthandsOf(plan).routerMode || 'round-robin' }],
      },
    },
    envFromSecret: plan.huggingFaceTokenSecret,
  });
}
