import type { Change } from './working-set';

type ContainerChange = (container: any, object: any) => void;

/** A change of the first container of a Deployment of the working set. */
function deployment(id: string, change: ContainerChange): Change {
  return [`Deployment ${id}`, (object) => { change(object.spec.template.spec.containers[0], object); }];
}

/** Changes the endpoint picker of the model llama. */
export function picker(change: ContainerChange): Change {
  return deployment('models/llama-epp', change);
}

/** Adds flags to the endpoint picker of the model llama. */
export function pickerFlags(...flags: string[]): Change {
  return picker(({ args }) => { args.push(...flags); });
}

/** Changes the body-based router. */
export function router(change: ContainerChange): Change {
  return deployment('gateway/body-based-router', change);
}

/** Changes the model server of the model llama. */
export function server(change: ContainerChange): Change {
  return deployment('models/llama', change);
}

/** Changes the pool, Service, Role or other object of a name. */
export function spec(id: string, change: (spec: any, object: any) => void): Change {
  return [id, (object) => { change(object.spec, object); }];
}

/** Changes the ext_proc filter of the body-based router. */
export function filter(change: (config: any, object: any) => void): Change {
  return ['EnvoyFilter gateway/body-based-router', (object) => { change(object.spec.configPatches[0].patch.value.typed_config, object); }];
}

/** Replaces the configuration of the endpoint picker of the model llama. */
export function configuration(text: string): Change {
  return ['ConfigMap models/llama-epp', (object) => { object.data['default-plugins.yaml'] = text; }];
}

/** Answers of the endpoint picker are not needed. */
export const FAIL_OPEN: Change = ['InferencePool models/llama', (object) => { object.spec.endpointPickerRef.failureMode = 'FailOpen'; }];
