import { checkLabelName, checkObjectName, Mistake } from '../../core';
import type { GrantSource } from '../grant-source';
import type { GrantTarget } from '../grant-target';

/** The most entries each of the two lists of a ReferenceGrant has room for. */
export const MOST_ENTRIES = 16;

const KIND = /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

export function checkGrant(from: readonly GrantSource[], to: readonly GrantTarget[]): Mistake[] {
  return [
    ...checkFilled('from', from, 'say who may refer, for example `GrantSource.httpRoutes(…)`'),
    ...from.flatMap((source, index) => [
      ...checkKind(`from[${index}]`, source), ...checkLabelName(`from[${index}].namespace`, source.namespace),
    ]),
    ...checkFilled('to', to, 'say what may be referred to, for example `GrantTarget.inferencePool(…)`'),
    ...to.flatMap((target, index) => [
      ...checkKind(`to[${index}]`, target), ...(target.name === undefined ? [] : checkObjectName(`to[${index}].name`, target.name)),
    ]),
  ];
}

function checkFilled(field: string, list: readonly unknown[], fix: string): Mistake[] {
  return list.length > 0 ? [] : [{ code: 'IGW510', field, problem: 'is empty, and such a grant allows nothing', fix }];
}

function checkKind(field: string, { group, kind }: { readonly group: string; readonly kind: string }): Mistake[] {
  const mistakes = group === '' ? [] : checkObjectName(`${field}.group`, group);
  if (!KIND.test(kind) || kind.length > 63) {
    mistakes.push({
      code: 'IGW510',
      field: `${field}.kind`,
      value: kind,
      problem: 'is not a kind',
      allowed: 'up to 63 letters, digits and -, starting with a letter',
      fix: 'write the kind as manifests do, HTTPRoute for example',
    });
  }
  return mistakes;
}
