import type { IConstruct } from 'constructs';
import { checkObjectName, isHostname, Mistake } from '../../core';
import type { HigressModelRouteProps } from '../higress-model-route-props';
import type { ModelDestination } from '../model-destination';
import type { RoutePlan } from '../model-route/plan-route';
import { checkModelName, checkPartOfName, checkRouteGateway, claimId } from './check-route-gateway';

/** Whole numbers stay exact when they are brought to a common multiple. */
const HIGHEST_WEIGHT = 1_000_000;

export function checkModelRoute(scope: IConstruct, plan: RoutePlan, props: HigressModelRouteProps): Mistake[] {
  const { higress, organization, hostname, tlsSecretName } = props;
  const book = higress._modelRoutes;
  return [
    ...checkRouteGateway(book.gateway),
    ...checkPartOfName('routeId', plan.id),
    ...checkAlias(plan),
    ...checkModelName('modelName', props.modelName ?? scope.node.id),
    ...(organization === undefined ? [] : checkOrganization(organization)),
    ...claimId(scope, book, 'routeId', 'route', plan.id),
    ...claimId(scope, book, 'modelName', 'name', plan.effectiveName),
    ...checkHost(hostname),
    ...(tlsSecretName === undefined ? [] : checkObjectName('tlsSecretName', tlsSecretName)),
    ...checkDestinations(plan),
    ...[...each('destinations', plan.destinations), ...each('fallback', plan.fallbackDestinations)].flatMap(([field, destination]) => [
      ...checkWeight(field, destination),
      ...checkDestination(field, destination, props),
    ]),
    ...repeated('destinations', plan.destinations),
    ...repeated('fallback', plan.fallbackDestinations),
  ];
}

function each(field: string, destinations: readonly ModelDestination[]): [string, ModelDestination][] {
  return destinations.map((destination, index) => [`${field}[${index}]`, destination]);
}

/** GPUStack's plugin reads the id by the digits in the path. */
function checkAlias({ id, genericProxy }: RoutePlan): Mistake[] {
  if (!genericProxy || /^\d+$/.test(id)) return [];
  return [{
    code: 'IGW760', field: 'routeId', value: id, problem: 'is no number, and /model/proxy/<id> takes no other', allowed: 'digits', fix: 'set `routeId`, to \'1\' for one',
  }];
}

function checkOrganization(organization: string): Mistake[] {
  if (/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(organization)) return [];
  return [{
    code: 'IGW760',
    field: 'organization',
    value: organization,
    problem: 'is no name of an organization',
    allowed: 'lower-case letters, digits and -, starting with a letter and ending with a letter or digit',
    fix: 'set its name in GPUStack, not what it is displayed as',
  }];
}

function checkHost(hostname: string | undefined): Mistake[] {
  if (hostname === undefined || isHostname(hostname)) return [];
  return [{ code: 'IGW760', field: 'hostname', value: hostname, problem: 'is no host name', allowed: 'lower-case labels with dots between them', fix: 'write the name without a scheme and a port' }];
}

function checkDestinations({ destinations, fallbackDestinations, main, fallback }: RoutePlan): Mistake[] {
  if (destinations.length + fallbackDestinations.length === 0) {
    return [{ code: 'IGW762', field: 'destinations', value: [], problem: 'is empty, so no request gets an answer', fix: 'list a destination of a HigressModel or a HigressModelProvider' }];
  }
  if (main.length + fallback.length === 0) {
    return [{
      code: 'IGW762',
      field: 'destinations',
      problem: 'have no server that takes requests: all weights are 0, or no instance is ready',
      fix: 'give one a weight from 1, and an instance that is ready',
    }];
  }
  return [];
}

function checkWeight(field: string, { weight }: ModelDestination): Mistake[] {
  if (Number.isInteger(weight) && weight >= 0 && weight <= HIGHEST_WEIGHT) return [];
  return [{
    code: 'IGW761', field: `${field}.weight`, value: weight, problem: 'is not a weight', allowed: `whole numbers from 0 to ${HIGHEST_WEIGHT}`, fix: 'set one; weights need not sum up to 100',
  }];
}

function checkDestination(field: string, { modelName, _target }: ModelDestination, { higress }: HigressModelRouteProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (modelName.trim() === '') {
    mistakes.push({ code: 'IGW760', field: `${field}.modelName`, value: modelName, problem: 'is empty', fix: 'name a model of the provider' });
  }
  if (_target.book !== higress._modelRoutes) {
    mistakes.push({
      code: 'IGW765',
      field,
      value: _target.path,
      problem: `is of another gateway, so ${higress.node.path} has no registry for it`,
      fix: `make it with \`higress\` of ${higress.node.path}`,
    });
  }
  return mistakes;
}

/** The model-mapper looks at the service, so one service has one name in a route. */
function repeated(field: string, destinations: readonly ModelDestination[]): Mistake[] {
  const services = destinations.map(({ _target }) => _target.services.map((registry) => registry.serviceName()));
  return destinations.flatMap(({ _target }, index) => {
    const earlier = services.slice(0, index).findIndex((others) => others.some((service) => services[index].includes(service)));
    return earlier < 0 ? [] : [{
      code: 'IGW763' as const,
      field: `${field}[${index}]`,
      value: _target.path,
      problem: `goes to the same servers as ${field}[${earlier}], and the gateway tells models apart by their servers`,
      fix: 'make it one destination, with the sum of the weights',
    }];
  });
}
