import { Mistake } from '../../core';

const HEADER = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const LONGEST_NAME = 256;
export const LONGEST_HEADER_VALUE = 4096;

/** What the HTTPRoute's schema refuses of headers by name. */
export function checkHeaders(field: string, headers: Readonly<Record<string, string>>, most: number): Mistake[] {
  const mistakes = checkHeaderNames(field, Object.keys(headers), most);
  for (const [name, value] of Object.entries(headers)) {
    if (value.length >= 1 && value.length <= LONGEST_HEADER_VALUE) continue;
    mistakes.push({
      code: 'IGW502',
      field: `${field}.${name}`,
      value,
      problem: 'is not a header value the Gateway API takes',
      allowed: `1 to ${LONGEST_HEADER_VALUE} characters`,
      fix: value === '' ? 'set a value, or remove the header' : 'set a shorter value',
    });
  }
  return mistakes;
}

/** Names of headers are the same in upper and lower case. */
export function checkHeaderNames(field: string, names: readonly string[], most: number): Mistake[] {
  const mistakes: Mistake[] = [];
  if (names.length > most) {
    mistakes.push({
      code: 'IGW502', field, problem: `has ${names.length} headers`, allowed: `at most ${most}`, fix: 'remove some, or use a second route',
    });
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (!HEADER.test(name) || name.length > LONGEST_NAME) {
      mistakes.push({
        code: 'IGW502',
        field,
        value: name,
        problem: 'is not a header name',
        allowed: `up to ${LONGEST_NAME} letters, digits and !#$%&'*+-.^_\`|~`,
        fix: 'write the name of the header alone',
      });
    } else if (seen.has(name.toLowerCase())) {
      mistakes.push({ code: 'IGW502', field, value: name, problem: 'is given twice, header names being the same in upper and lower case', fix: 'remove one' });
    }
    seen.add(name.toLowerCase());
  }
  return mistakes;
}
