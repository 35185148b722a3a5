import type { Mistake } from './errors';

const DNS_1123_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const DNS_1123_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const HOSTNAME = /^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const IP_ADDRESS = /^\d+(\.\d+){3}$/;

/** The longest label value, Service name and DNS label. */
export const LONGEST_LABEL = 63;
/** The longest name of most other objects. */
export const LONGEST_NAME = 253;

/** Checks a DNS-1123 label: a namespace, a container or volume name. */
export function checkLabelName(field: string, value: string): Mistake[] {
  return check(field, value, DNS_1123_LABEL, LONGEST_LABEL, 'lower-case letters, digits and -, starting and ending with a letter or digit');
}

/** Checks a DNS-1035 label: the name of a Service and of whatever a Service is named after. */
export function checkServiceName(field: string, value: string): Mistake[] {
  const allowed = 'lower-case letters, digits and -, starting with a letter, ending with a letter or digit';
  return check(field, value, DNS_1035_LABEL, LONGEST_LABEL, allowed);
}

/** Checks a DNS-1123 subdomain: the name of most objects. */
export function checkObjectName(field: string, value: string): Mistake[] {
  return check(field, value, DNS_1123_SUBDOMAIN, LONGEST_NAME, 'lower-case letters, digits, - and ., starting and ending with a letter or digit');
}

/** Checks a hostname of a listener or route; a leading `*.` is a wildcard. The Gateway API takes no IP addresses. */
export function isHostname(value: string): boolean {
  return HOSTNAME.test(value) && value.length <= LONGEST_NAME && !IP_ADDRESS.test(value);
}

function check(field: string, value: string, pattern: RegExp, longest: number, allowed: string): Mistake[] {
  if (value.length > longest) {
    return [{
      code: 'IGW102', field, value, problem: `has ${value.length} characters`, allowed: `at most ${longest} characters`, fix: 'choose a shorter name',
    }];
  }
  if (!pattern.test(value)) {
    const property = field.slice(field.lastIndexOf('.') + 1);
    return [{ code: 'IGW101', field, value, problem: 'is not a valid name here', allowed, fix: `set \`${property}\` to a valid name` }];
  }
  return [];
}
