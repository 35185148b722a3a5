import type { Rule } from './rule';
import { AIRUNWAY_RECONCILER } from './sources';

const AIRUNWAY_WEBHOOK = 'ai-runway/airunway controller/internal/webhook/v1alpha1/modeldeployment_webhook.go';
const AIRUNWAY_PROVIDERS = 'ai-runway/airunway providers/*/transformer.go';

/** Rules about models, and the providers that run them. */
export const MODEL_RULES = {
  IGW201: {
    title: 'a field has a value its schema does not know',
    breaks: 'the API server refuses the ModelDeployment',
    source: 'airunway.ai/v1alpha1 ModelDeployment CustomResourceDefinition',
  },
  IGW202: {
    title: 'a required field is missing',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW203: {
    title: 'two fields contradict each other',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW204: {
    title: 'a resource request is over the ceiling or not a quantity',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW205: {
    title: 'a provider override touches a protected field',
    breaks: 'the admission webhook or the provider refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW206: {
    title: 'a storage volume cannot be mounted or created as written',
    breaks: 'the admission webhook refuses the ModelDeployment',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW207: {
    title: 'the routed model name is not known',
    breaks: 'the HTTPRoute header match is empty and the API server refuses the route',
    source: AIRUNWAY_RECONCILER,
  },
  IGW208: {
    title: 'an engine flag is set twice, reserved or malformed',
    breaks: 'the engine stops at start, or listens where neither Service nor probes look',
    source: AIRUNWAY_PROVIDERS,
  },
  IGW209: {
    title: 'an environment variable is set twice or twice over',
    breaks: 'the provider fails on the duplicate key, or the API server refuses value together with valueFrom',
    source: AIRUNWAY_PROVIDERS,
  },
  IGW210: {
    title: 'the model may not do what was asked for',
    breaks: 'the admission webhook warns, the setting is ignored or weakens security',
    source: AIRUNWAY_WEBHOOK,
  },
  IGW211: {
    title: 'neither engine nor provider decides how the model is served',
    breaks: 'auto-selection picks llama.cpp on KAITO, which needs an image, and the ModelDeployment fails',
    source: AIRUNWAY_RECONCILER,
  },
} as const satisfies Record<string, Rule>;
