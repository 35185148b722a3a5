import { IConstruct } from 'constructs';
import { isMap, Mistake, warn } from '../core';
import { SecretText } from './secret-text';

/** Options of looking at the secrets of a configuration. */
export interface SecretsOptions {
  /** Whether whatever reads the configuration resolves `SecretText.fromSecret`: plugin configurations are, registries are not. */
  readonly references: boolean;
}

/** A configuration as plain data: each `SecretText` in it is replaced by the text to render. Keys without a value are dropped. */
export function withSecrets<T>(value: T): T {
  if (value instanceof SecretText) return value._text as T;
  if (Array.isArray(value)) return value.map(withSecrets) as T;
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => [key, withSecrets(item)])) as T;
}

/** What is wrong with the secrets of a configuration. */
export function checkSecrets(field: string, value: unknown, { references }: SecretsOptions): Mistake[] {
  return secretsOf(field, value).flatMap(({ field: at, secret }) => secret._kind === 'secret' && !references
    ? [{
      code: 'IGW702' as const,
      field: at,
      problem: 'refers to a Secret, which nothing resolves here',
      fix: 'use SecretText.placeholder, and let your deployment fill it in',
    }]
    : secret._mistakes(at));
}

/** Warns of each secret of a configuration that stands in it in plain text. */
export function warnOfPlainSecrets(scope: IConstruct, field: string, value: unknown): void {
  secretsOf(field, value).filter(({ secret }) => secret._kind === 'plain').forEach(({ field: at }) => warn(scope, {
    code: 'IGW701',
    field: at,
    problem: 'is a secret in plain text: it stands in the manifest, and in every copy of it',
    fix: 'use SecretText.fromSecret or SecretText.placeholder',
  }));
}

function secretsOf(field: string, value: unknown): { field: string; secret: SecretText }[] {
  if (value instanceof SecretText) return [{ field, secret: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => secretsOf(`${field}[${index}]`, item));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => secretsOf(`${field}.${key}`, item));
}
