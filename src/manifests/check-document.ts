import { isMap, Mistake } from '../core';

/** What keeps a parsed document from being taken as a Kubernetes object. */
export function checkDocument(document: unknown, location: string): Mistake[] {
  if (!isMap(document)) {
    return [mistake(location, document, 'is not a Kubernetes object', 'an object with apiVersion, kind and metadata', 'correct it, or remove it')];
  }
  const { apiVersion, kind, metadata } = document;
  const mistakes = [...checkText(apiVersion, `${location} apiVersion`), ...checkText(kind, `${location} kind`)];
  if (isAbsent(metadata)) return [...mistakes, ...checkText(undefined, `${location} metadata.name`)];
  if (!isMap(metadata)) return [...mistakes, mistake(`${location} metadata`, metadata, 'is not an object', 'an object with a name', 'set metadata.name')];
  const { name, namespace, labels, annotations, finalizers, ownerReferences } = metadata;
  return [
    ...mistakes,
    ...checkText(name, `${location} metadata.name`),
    ...(isAbsent(namespace) ? [] : checkText(namespace, `${location} metadata.namespace`)),
    ...checkWords(labels, `${location} metadata.labels`),
    ...checkWords(annotations, `${location} metadata.annotations`),
    ...checkList(finalizers, `${location} metadata.finalizers`),
    ...checkList(ownerReferences, `${location} metadata.ownerReferences`),
  ];
}

function checkText(value: unknown, field: string): Mistake[] {
  if (isAbsent(value)) return [{ code: 'IGW601', field, problem: 'is missing, and every Kubernetes object has one', fix: 'set it, or remove the document' }];
  if (typeof value === 'string' && value !== '') return [];
  return [mistake(field, value, 'is not a name', 'text', 'write it in quotes')];
}

function checkWords(value: unknown, field: string): Mistake[] {
  if (isAbsent(value)) return [];
  if (!isMap(value)) return [mistake(field, value, 'is not an object', 'an object of texts', 'write one line for each')];
  return Object.entries(value).filter(([, item]) => typeof item !== 'string')
    .map(([key, item]) => mistake(`${field}.${key}`, item, 'is not text', 'text', 'write it in quotes'));
}

function checkList(value: unknown, field: string): Mistake[] {
  return isAbsent(value) || Array.isArray(value) ? [] : [mistake(field, value, 'is not a list', 'a list', 'write a list')];
}

/** To the API server a null is the same as nothing. */
function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function mistake(field: string, value: unknown, problem: string, allowed: string, fix: string): Mistake {
  return { code: 'IGW601', field, value, problem, allowed, fix };
}
