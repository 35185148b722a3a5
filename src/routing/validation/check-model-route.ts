import { BASE_MODEL_HEADER, Mistake, MODEL_HEADER } from '../../core';
import { isGatewayDuration } from '../http-route-manifest';
import type { ModelRouteProps } from '../model-route';
import { checkMirror, checkPool, checkPoolsSupported, checkWeights } from './check-backends';
import { checkHeaderNames, checkHeaders, LONGEST_HEADER_VALUE } from './check-headers';
import { checkPath } from './check-paths';
import { checkScope } from './check-scope';

const MOST_MATCHES = 64;
const MOST_HEADERS = 16;

export function checkModelRoute(props: ModelRouteProps, namespace: string): Mistake[] {
  const { gateway, pool, backends, timeout, pathPrefix, mirror, headers = {} } = props;
  return [
    ...checkModelNames(props),
    ...checkTimeout(timeout),
    ...checkScope(props),
    ...checkHeaders('headers', headers, MOST_HEADERS - 1),
    ...checkModelHeaders(Object.keys(headers)),
    ...(pathPrefix === undefined ? [] : checkPath('pathPrefix', pathPrefix)),
    ...checkHeaders('setRequestHeaders', props.setRequestHeaders ?? {}, MOST_HEADERS),
    ...checkHeaderNames('removeRequestHeaders', props.removeRequestHeaders ?? [], MOST_HEADERS),
    ...checkPoolsSupported(gateway),
    ...checkOneOf(props),
    ...(pool ? checkPool('pool', pool, gateway, namespace) : []),
    ...(backends ?? []).flatMap((backend, index) => checkPool(`backends[${index}].pool`, backend.pool, gateway, namespace)),
    ...(backends ? checkWeights(backends, gateway) : []),
    ...(mirror ? checkMirror(mirror, gateway, namespace) : []),
  ];
}

function checkModelNames({ modelName, additionalModelNames = [], loraAdapters = [], matchBaseModel }: ModelRouteProps): Mistake[] {
  const names = [
    { field: 'modelName', name: modelName },
    ...additionalModelNames.map((name, index) => ({ field: `additionalModelNames[${index}]`, name })),
    ...loraAdapters.map((name, index) => ({ field: `loraAdapters[${index}]`, name })),
  ];
  const mistakes: Mistake[] = [];
  const seen = new Set<string>();
  for (const { field, name } of names) {
    if (!name) {
      mistakes.push({
        code: 'IGW207',
        field,
        problem: 'is empty, and a route matches on it',
        fix: `set \`${field.replace(/\[.*/, '')}\` to the name clients ask for, as /v1/models of the server answers it`,
      });
    } else if (name.length > LONGEST_HEADER_VALUE) {
      mistakes.push({
        code: 'IGW502',
        field,
        value: name,
        problem: 'is too long for a header',
        allowed: `at most ${LONGEST_HEADER_VALUE} characters`,
        fix: 'choose a shorter name',
      });
    } else if (seen.has(name)) {
      mistakes.push({ code: 'IGW502', field, value: name, problem: 'is a name the route answers to already', fix: 'remove it' });
    }
    seen.add(name);
  }
  const matches = names.length + (matchBaseModel ? 1 : 0);
  if (matches > MOST_MATCHES) {
    mistakes.push({
      code: 'IGW502',
      field: 'additionalModelNames',
      problem: `makes ${matches} matches with all other names`,
      allowed: `at most ${MOST_MATCHES} in a rule`,
      fix: 'use a second route, or `matchBaseModel` for LoRA adapters',
    });
  }
  return mistakes;
}

function checkTimeout(timeout: ModelRouteProps['timeout']): Mistake[] {
  if (!timeout || isGatewayDuration(timeout)) return [];
  return [{
    code: 'IGW502',
    field: 'timeout',
    value: `${timeout.toMilliseconds({ integral: false })}ms`,
    problem: 'cannot be written as a Gateway API duration',
    allowed: 'whole milliseconds, up to 99999 hours',
    fix: 'set another duration; 0 is no limit',
  }];
}

/** A route matches on these by itself, and of two matches on one header only the first counts. */
function checkModelHeaders(names: readonly string[]): Mistake[] {
  const own = [MODEL_HEADER, BASE_MODEL_HEADER].map((name) => name.toLowerCase());
  return names.filter((name) => own.includes(name.toLowerCase())).map((name) => ({
    code: 'IGW502', field: 'headers', value: name, problem: 'is the header that carries the model name', fix: 'use `modelName`, `additionalModelNames` or `matchBaseModel`',
  }));
}

function checkOneOf({ pool, backends }: ModelRouteProps): Mistake[] {
  if ((pool === undefined) !== (backends === undefined)) return [];
  const problem = pool ? 'is given beside `backends`' : 'is missing, and so is `backends`';
  return [{ code: 'IGW502', field: 'pool', problem, allowed: 'one of the two', fix: pool ? 'remove one of the two' : 'name the pool requests go to' }];
}
