import type { IConstruct } from 'constructs';
import type { Mistake } from '../../core';
import type { HigressModelProps } from '../higress-model-props';
import { checkSecrets } from '../secrets';
import { checkPartOfName, checkRouteGateway, claimId } from './check-route-gateway';

export function checkHigressModel(scope: IConstruct, modelId: string, modelName: string, props: HigressModelProps): Mistake[] {
  const { instances = [], remoteGateway, loraAdapters = [], higress } = props;
  const mistakes = [
    ...checkRouteGateway(higress._modelRoutes.gateway),
    ...checkPartOfName('modelId', modelId),
    ...checkServedName('modelName', modelName),
    ...claimId(scope, higress._modelRoutes, 'modelId', 'model', modelId),
    ...checkSecrets('token', props.token, { references: true }),
    ...loraAdapters.flatMap((adapter, index) => checkAdapterName(`loraAdapters[${index}]`, adapter)),
    ...repeated('loraAdapters', loraAdapters),
    ...instances.flatMap(({ instanceId }, index) => (instanceId === undefined ? [] : checkPartOfName(`instances[${index}].instanceId`, instanceId))),
    ...repeated('instances.instanceId', instances.map(({ instanceId }, index) => instanceId ?? String(index + 1))),
  ];
  if (remoteGateway && instances.length > 0) {
    mistakes.push({
      code: 'IGW771', field: 'instances', problem: 'are given beside `remoteGateway`, which alone is used', fix: 'keep one of the two',
    });
  }
  if (!remoteGateway && instances.length === 0) {
    mistakes.push({
      code: 'IGW771', field: 'instances', value: [], problem: 'is empty, so no request reaches the model', fix: 'list the servers, or set `remoteGateway`',
    });
  }
  if (remoteGateway && loraAdapters.length > 0) {
    mistakes.push({
      code: 'IGW771',
      field: 'loraAdapters',
      value: loraAdapters,
      problem: 'need registries of their own, and a remote gateway has one',
      fix: 'make the routes to the adapters in the other cluster',
    });
  }
  return mistakes;
}

export function checkLoraAdapter(adapter: string | undefined, adapters: readonly string[]): Mistake[] {
  if (adapter === undefined || adapters.includes(adapter)) return [];
  return [{
    code: 'IGW771',
    field: 'loraAdapter',
    value: adapter,
    problem: 'is no adapter of the model',
    allowed: adapters.length > 0 ? adapters.join(', ') : 'none',
    fix: 'list it in `loraAdapters` of the model',
  }];
}

/** Servers take any name that a request can hold; it is written into JSON, and never into a header. */
function checkServedName(field: string, name: string): Mistake[] {
  if (name.trim() !== '' && name === name.trim()) return [];
  return [{ code: 'IGW760', field, value: name, problem: 'is empty or starts or ends with a space', fix: 'set the name that /v1/models of the servers answers' }];
}

function checkAdapterName(field: string, name: string): Mistake[] {
  if (/^[A-Za-z0-9]([-A-Za-z0-9_.:]*[A-Za-z0-9])?$/.test(name)) return [];
  return [{
    code: 'IGW760',
    field,
    value: name,
    problem: 'is no name of an adapter',
    allowed: 'letters, digits, -, _, . and :, starting and ending with a letter or digit',
    fix: 'write its name without the model\'s, or load it under another',
  }];
}

function repeated(field: string, names: readonly string[]): Mistake[] {
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
  return twice.map((name) => ({ code: 'IGW763' as const, field, value: name, problem: 'is listed twice', fix: 'remove one, or give it another name' }));
}
