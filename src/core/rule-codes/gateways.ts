import type { Rule } from './rule';
import { AIRUNWAY_RECONCILER, GAIE, GATEWAY_API } from './sources';

/** Rules about Gateways and the body-based router. */
export const GATEWAY_RULES = {
  IGW401: {
    title: 'a listener is not valid',
    breaks: 'the API server refuses the Gateway, or the listener is never programmed',
    source: GATEWAY_API,
  },
  IGW402: {
    title: 'the gateway implementation cannot do this',
    breaks: 'the object is accepted and traffic fails',
    source: GAIE,
  },
  IGW403: {
    title: 'two models of one Gateway answer to the same name',
    breaks: 'the Gateway picks one of the two routes, silently',
    source: GATEWAY_API,
  },
  IGW404: {
    title: 'several models, no body-based router',
    breaks: 'a client that does not set the model header itself gets 404',
    source: 'Gateway API Inference Extension, body-based routing guide',
  },
  IGW405: {
    title: 'a model has no Gateway',
    breaks: 'its workload runs, and nothing routes to it',
    source: AIRUNWAY_RECONCILER,
  },
  IGW410: {
    title: 'two routes of one Gateway answer to the same path',
    breaks: 'the Gateway picks one of the two routes, silently: clients see the models of one pool only',
    source: GATEWAY_API,
  },
  IGW411: {
    title: 'the timeout of a route is not in effect',
    breaks: 'requests end after the timeout of the GCPBackendPolicy of the pool, 30 seconds where there is none',
    source: 'kserve/kserve#5311; GKE, "Configure Gateway resources using Policies"',
  },
} as const satisfies Record<string, Rule>;
