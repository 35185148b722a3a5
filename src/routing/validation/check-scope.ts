import { checkObjectName, isHostname, Mistake } from '../../core';
import type { RouteScopeOptions } from '../model-route-options';

const MOST_HOSTNAMES = 16;

export function checkScope({ hostnames = [], sectionName }: RouteScopeOptions): Mistake[] {
  const mistakes: Mistake[] = sectionName === undefined ? [] : checkObjectName('sectionName', sectionName);
  if (hostnames.length > MOST_HOSTNAMES) {
    mistakes.push({
      code: 'IGW502',
      field: 'hostnames',
      problem: `has ${hostnames.length} names`,
      allowed: `at most ${MOST_HOSTNAMES}`,
      fix: 'use a wildcard such as *.example.com, or a second route',
    });
  }
  hostnames.forEach((hostname, index) => {
    const field = `hostnames[${index}]`;
    if (!isHostname(hostname)) {
      mistakes.push({
        code: 'IGW502',
        field,
        value: hostname,
        problem: 'is not a host name',
        allowed: 'a lower-case DNS name, with or without a leading *.',
        fix: 'remove scheme, port and path',
      });
    } else if (hostnames.indexOf(hostname) !== index) {
      mistakes.push({ code: 'IGW502', field, value: hostname, problem: 'is given twice', fix: 'remove one of the two' });
    }
  });
  return mistakes;
}
