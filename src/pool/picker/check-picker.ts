import { checkServiceName, LONGEST_LABEL, Mistake, parseQuantity } from '../../core';
import { isNoShare } from '../../policy';
import { buildOfImage, ENDPOINT_PICKER_BUILDS } from '../../versions';
import { checkFlags } from './check-flags';
import { EndpointPickerPlan, PICKER_HEALTH_PORT, PICKER_METRICS_PORT } from './picker-plan';

const RESERVED_PORTS = [PICKER_HEALTH_PORT, PICKER_METRICS_PORT];

/** Environment variables that the picker's own objects depend on. */
const OWNED_ENV = ['NAMESPACE', 'POD_NAME'];

export function checkPicker(plan: EndpointPickerPlan): Mistake[] {
  return [...checkName(plan), ...checkNumbers(plan), ...checkQuantities(plan), ...checkFlags(plan.flags, plan.checkedBuild), ...checkExtras(plan)];
}

function checkName({ name, pool }: EndpointPickerPlan): Mistake[] {
  // The pool's name is a label value of the picker's pods, and the picker's name one of its own: both end at 63 characters.
  if (name !== `${pool}-epp` || name.length <= LONGEST_LABEL) return checkServiceName('endpointPicker.name', name);
  const problem = `has ${pool.length} characters, and its endpoint picker ${name} is a label and a Service of at most ${LONGEST_LABEL}`;
  return [{
    code: 'IGW102', field: 'metadata.name', value: pool, problem, allowed: `at most ${LONGEST_LABEL - '-epp'.length} characters`, fix: 'choose a shorter name, or give the endpoint picker one of its own',
  }];
}

function checkNumbers({ port, replicas, verbosity, latencyPredictor }: EndpointPickerPlan): Mistake[] {
  const mistakes: Mistake[] = [];
  const within = (field: string, value: number | undefined, from: number, to: number, what: string) => {
    if (value === undefined || (Number.isInteger(value) && value >= from && value <= to)) return;
    const allowed = to === Infinity ? `whole numbers from ${from}` : `whole numbers from ${from} to ${to}`;
    mistakes.push({ code: 'IGW503', field: `endpointPicker.${field}`, value, problem: `is not ${what}`, allowed, fix: 'set another one' });
  };
  if (RESERVED_PORTS.includes(port)) {
    mistakes.push({
      code: 'IGW503', field: 'endpointPicker.port', value: port, problem: 'is where the endpoint picker answers health checks (9003) or metrics (9090)', fix: 'set another port',
    });
  } else if (!Number.isInteger(port) || port < 1 || port > 65535) {
    mistakes.push({ code: 'IGW503', field: 'endpointPicker.port', value: port, problem: 'is not a port', allowed: 'whole numbers from 1 to 65535', fix: 'set another port' });
  }
  within('replicas', replicas, 1, Infinity, 'a number of pods');
  within('verbosity', verbosity, 0, 5, 'a log level');
  within('latencyPredictor.predictionServers', latencyPredictor?.predictionServers, 1, 16, 'a number of servers');
  return mistakes;
}

function checkQuantities({ resources, latencyPredictor }: EndpointPickerPlan): Mistake[] {
  const quantities: [string, string | undefined][] = [
    ['cpuRequest', resources.requests.cpu],
    ['cpuLimit', resources.limits?.cpu],
    ['latencyPredictor.trainingCpuRequest', latencyPredictor?.trainingCpuRequest],
    ['latencyPredictor.predictionCpuRequest', latencyPredictor?.predictionCpuRequest],
  ];
  const mistakes = quantities.flatMap(([field, value]): Mistake[] => (value === undefined || parseQuantity(value) !== undefined ? [] : [{
    code: 'IGW204', field: `endpointPicker.${field}`, value, problem: 'is not a quantity', allowed: 'for example 250m or 2', fix: 'write a Kubernetes quantity',
  }]));
  for (const resource of ['cpu', 'memory'] as const) {
    const [request, limit] = [resources.requests[resource], resources.limits?.[resource]].map((text) => (text ? parseQuantity(text) : undefined));
    if (request === undefined || limit === undefined || request <= limit) continue;
    mistakes.push({
      code: 'IGW204', field: `endpointPicker.${resource}Limit`, value: resources.limits![resource], problem: `is less than the request, ${resources.requests[resource]}`, fix: 'lower the request or raise the limit',
    });
  }
  return mistakes;
}

/** What Kubernetes takes as the name of a variable. */
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function checkExtras({ env, tracing, latencyPredictor, build, image, tls, networkPolicy }: EndpointPickerPlan): Mistake[] {
  const mistakes: Mistake[] = [];
  const actual = buildOfImage(image);
  const known = ENDPOINT_PICKER_BUILDS.includes(build);
  if (known && actual && actual !== build) {
    mistakes.push({
      code: 'IGW503', field: 'endpointPicker.image', value: image, problem: `is ${actual.name}, and the runtime is ${build.name}`, fix: 'leave one of the two out, or set them to the same build',
    });
  }
  if (networkPolicy?.gatewayNamespaces?.length === 0) {
    mistakes.push({
      code: 'IGW503', field: 'endpointPicker.networkPolicy.gatewayNamespaces', problem: 'is empty, so that no gateway may ask the picker', fix: 'name the namespaces of the gateways, or leave it out for all',
    });
  }
  for (const name of Object.keys(env)) {
    if (!ENV_NAME.test(name)) {
      mistakes.push({
        code: 'IGW209', field: 'endpointPicker.env', value: name, problem: 'is no name of a variable', allowed: 'letters, digits, -, . and _, not starting with a digit', fix: 'rename it',
      });
    } else if (OWNED_ENV.includes(name)) {
      mistakes.push({ code: 'IGW209', field: 'endpointPicker.env', value: name, problem: 'is set from the pod itself', fix: 'remove it' });
    } else if (tracing && name.startsWith('OTEL_')) {
      mistakes.push({ code: 'IGW209', field: 'endpointPicker.env', value: name, problem: 'follows from `tracing`', fix: 'remove `tracing` and set the flag of your own, or remove it' });
    }
  }
  if (isNoShare(tracing?.sampleRatio)) {
    mistakes.push({ code: 'IGW503', field: 'endpointPicker.tracing.sampleRatio', value: tracing?.sampleRatio, problem: 'is not a share', allowed: '0 to 1', fix: 'set another one' });
  }
  if (latencyPredictor && !build.latencyPredictor && !(latencyPredictor.trainingImage && latencyPredictor.predictionImage)) {
    mistakes.push({ code: 'IGW503', field: 'endpointPicker.latencyPredictor', problem: `has no images: upstream releases none for ${build.name}`, fix: 'set trainingImage and predictionImage' });
  }
  if (tls._mode === 'certificate' && !tls._secretName) {
    mistakes.push({ code: 'IGW503', field: 'endpointPicker.tls', value: tls._secretName, problem: 'names no Secret', fix: 'name the Secret of the certificate' });
  }
  return mistakes;
}
