import { isIP } from 'node:net';
import type { Duration } from 'cdk8s';
import type { Mistake } from '../../core';
import { re2Error } from '../validation/re2';

/** A mistake in a plugin's configuration. */
export function wrong(field: string, value: unknown, problem: string, fix: string, allowed?: string): Mistake {
  return { code: 'IGW706', field, value, problem, fix, allowed };
}

/** A required thing that is not there. */
export function missing(field: string, fix: string, problem: string = 'is missing'): Mistake {
  return { code: 'IGW706', field, problem, fix };
}

/** A setting that does nothing, or something else than it seems. */
export function notice(field: string, problem: string, fix: string): Mistake {
  return { code: 'IGW708', field, problem, fix };
}

/** Text that must not be empty. */
export function checkText(field: string, value: string | undefined): Mistake[] {
  return value === undefined || value.trim() === '' ? [wrong(field, value, 'is empty', `set \`${lastOf(field)}\``)] : [];
}

/** The name of a service as plugins call it, see `ServiceRegistry.serviceName`. */
export function checkService(field: string, name: string): Mistake[] {
  const fix = 'declare a ServiceRegistry and give its serviceName(), `redis.static` for one';
  if (isIP(name.replace(/:\d+$/, '')) || isIP(name)) return [wrong(field, name, 'is an IP address, which Higress does not find as a service', fix)];
  if (/:\d+$/.test(name)) return [wrong(field, name, 'has a port in it', 'give the port in its own field')];
  if (/^[^\s./]+(\.[^\s./]+)+$/.test(name)) return [];
  return [wrong(field, name, 'is not the name of a service', fix, '<name>.static, <name>.dns, <service>.<namespace>.svc.cluster.local')];
}

export function checkPort(field: string, port: number | undefined): Mistake[] {
  return port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65535) ? [] : [wrong(field, port, 'is not a port', 'set a port', '1 to 65535')];
}

export function checkWhole(field: string, value: number | undefined, least: number): Mistake[] {
  return value === undefined || (Number.isInteger(value) && value >= least)
    ? [] : [wrong(field, value, 'is not a whole number of that size', 'set a whole number', `${least} or more`)];
}

export function checkStatus(field: string, status: number | undefined): Mistake[] {
  return status === undefined || (Number.isInteger(status) && status >= 200 && status <= 599)
    ? [] : [wrong(field, status, 'is not a status of a response', 'set an HTTP status', '200 to 599')];
}

export function checkRe2(field: string, pattern: string): Mistake[] {
  const error = re2Error(pattern);
  return error === undefined ? [] : [wrong(field, pattern, `does not compile as RE2: ${error}`, 'write the pattern without lookaround and backreferences')];
}

/** Names that are given more than once. */
export function checkDistinct(field: string, names: readonly (string | undefined)[]): Mistake[] {
  const repeated = names.filter((name, index) => name !== undefined && names.indexOf(name) < index);
  return repeated.map((name) => wrong(field, name, 'is given twice', 'give each one once'));
}

export function milliseconds(duration: Duration | undefined): number | undefined {
  return duration?.toMilliseconds();
}

/** May be a fraction, which `checkSeconds` refuses. */
export function seconds(duration: Duration | undefined): number | undefined {
  return duration?.toSeconds({ integral: false });
}

export function checkSeconds(field: string, duration: Duration | undefined): Mistake[] {
  if (duration === undefined || duration.toMilliseconds() % 1000 === 0) return [];
  return [wrong(field, `${duration.toMilliseconds()}ms`, 'is not in whole seconds', 'round it', 'whole seconds')];
}

function lastOf(field: string): string {
  return field.slice(field.lastIndexOf('.') + 1);
}
