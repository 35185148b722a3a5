import { Mistake } from '../../core';

const PATH = /^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|%[0-9a-fA-F]{2})+$/;
const REFUSED = ['//', '/./', '/../', '%2f', '%2F'];
const LONGEST_PATH = 1024;

/** What the HTTPRoute's schema refuses of an exact path or a prefix. */
export function checkPath(field: string, path: string): Mistake[] {
  const well = path.startsWith('/') && path.length <= LONGEST_PATH && PATH.test(path) && !path.endsWith('/.') && !path.endsWith('/..')
    && !REFUSED.some((part) => path.includes(part));
  return well ? [] : [{
    code: 'IGW502',
    field,
    value: path,
    problem: 'is not a path the Gateway API matches',
    allowed: `up to ${LONGEST_PATH} characters, starting with /, without //, /./, /../, %2F, ? and #`,
    fix: 'write the path alone, without host and query',
  }];
}
