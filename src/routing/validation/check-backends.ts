import { checkLabelName, checkObjectName, checkServiceName, Mistake } from '../../core';
import type { IInferenceGateway } from '../../gateway';
import type { PoolReference, WeightedPool } from '../pool-reference';
import type { RequestMirror } from '../request-mirror';
import type { ServiceReference } from '../service-reference';

const MOST_BACKENDS = 16;
const HEAVIEST = 1_000_000;

/** What the implementation refuses of a pool, and what no pool is called. */
export function checkPool(field: string, pool: PoolReference, gateway: IInferenceGateway, namespace: string): Mistake[] {
  const { gatewayClassName, capabilities } = gateway.implementation;
  const mistakes = [...checkObjectName(`${field}.name`, pool.name), ...checkLabelName(`${field}.namespace`, pool.namespace)];
  if (capabilities.crossNamespacePools === false && pool.namespace !== namespace) {
    mistakes.push({
      code: 'IGW402',
      field: `${field}.namespace`,
      value: pool.namespace,
      problem: `is not the route's namespace ${namespace}, and ${gatewayClassName} refuses the reference even with a ReferenceGrant`,
      allowed: namespace,
      fix: 'put pool and route into one namespace, or choose another implementation',
    });
  }
  return mistakes;
}

/** Whether the implementation knows InferencePools. */
export function checkPoolsSupported(gateway: IInferenceGateway): Mistake[] {
  const { gatewayClassName, capabilities } = gateway.implementation;
  if (capabilities.inferencePools !== false) return [];
  return [{
    code: 'IGW402',
    field: 'gatewayClassName',
    value: gatewayClassName,
    problem: 'does not support InferencePools',
    fix: 'choose an implementation that does',
  }];
}

export function checkService(field: string, { name, port, namespace }: ServiceReference): Mistake[] {
  const mistakes = [...checkServiceName(`${field}.name`, name), ...(namespace === undefined ? [] : checkLabelName(`${field}.namespace`, namespace))];
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    mistakes.push({
      code: 'IGW502', field: `${field}.port`, value: port, problem: 'is not a port', allowed: 'whole numbers from 1 to 65535', fix: 'set the port of the Service',
    });
  }
  return mistakes;
}

export function checkWeights(backends: readonly WeightedPool[], gateway: IInferenceGateway): Mistake[] {
  const mistakes: Mistake[] = [];
  const { gatewayClassName, capabilities } = gateway.implementation;
  if (capabilities.weightedPools === false && backends.length > 1) {
    mistakes.push({
      code: 'IGW402',
      field: 'backends',
      value: backends.map(({ pool }) => `${pool.namespace}/${pool.name}`),
      problem: `are several pools, and ${gatewayClassName} takes one for each rule`,
      allowed: 'one pool',
      fix: 'split by `headers` in two routes, or choose another implementation',
    });
  }
  if (backends.length === 0 || backends.length > MOST_BACKENDS) {
    mistakes.push({
      code: 'IGW502', field: 'backends', problem: `has ${backends.length} pools`, allowed: `1 to ${MOST_BACKENDS}`, fix: backends.length === 0 ? 'name a pool' : 'remove some',
    });
  }
  const keys = backends.map(({ pool }) => `${pool.namespace}/${pool.name}`);
  backends.forEach(({ weight }, index) => {
    if (!Number.isInteger(weight) || weight < 0 || weight > HEAVIEST) {
      mistakes.push({
        code: 'IGW502',
        field: `backends[${index}].weight`,
        value: weight,
        problem: 'is not a weight',
        allowed: `whole numbers from 0 to ${HEAVIEST}`,
        fix: 'set a share, such as 90 and 10',
      });
    }
    if (keys.indexOf(keys[index]) !== index) {
      const fix = 'add the two weights up in one entry';
      mistakes.push({ code: 'IGW502', field: `backends[${index}].pool`, value: keys[index], problem: 'is given twice', fix });
    }
  });
  if (backends.length > 0 && backends.every(({ weight }) => weight === 0)) {
    mistakes.push({
      code: 'IGW502',
      field: 'backends',
      value: backends.map(({ weight }) => weight),
      problem: 'have no weight, and every request answers 500',
      allowed: 'at least one weight over 0',
      fix: 'give one of the pools a weight',
    });
  }
  return mistakes;
}

export function checkMirror({ service, pool, percent }: RequestMirror, gateway: IInferenceGateway, namespace: string): Mistake[] {
  const mistakes: Mistake[] = service ? checkService('mirror.service', service) : checkPool('mirror.pool', pool!, gateway, namespace);
  const { gatewayClassName, capabilities } = gateway.implementation;
  if (pool && !capabilities.mirroredPools) {
    mistakes.push({
      code: 'IGW402',
      field: 'mirror.pool',
      value: `${pool.namespace}/${pool.name}`,
      problem: `is an InferencePool, and nothing says that ${gatewayClassName} can mirror to one: no endpoint picker is asked for the copy of a request`,
      allowed: 'a Service',
      fix: 'mirror to a Service in front of the pods, or say that the implementation can with `mirroredPools`',
    });
  }
  if (percent !== undefined && (!Number.isInteger(percent) || percent < 0 || percent > 100)) {
    mistakes.push({
      code: 'IGW502', field: 'mirror.percent', value: percent, problem: 'is not a percentage', allowed: 'whole numbers from 0 to 100', fix: 'set one of them',
    });
  }
  return mistakes;
}
