import { AirunwayApi, isMap, Mistake } from '../../core';
import { FleetModel } from '../fleet-model';
import { ALLOWED_COLUMNS, Column, columnOf, ColumnType, FAMILIES } from './columns';

/** A row by the names of its columns, and where it is. */
export interface Row {
  readonly cells: Readonly<Record<string, unknown>>;
  readonly location: string;
}

/** The model of a row, or what is wrong with it. Empty cells say nothing. */
export function readRow({ cells, location }: Row): FleetModel | Mistake[] {
  const mistakes: Mistake[] = [];
  const model: Record<string, unknown> = {
    apiVersion: `${AirunwayApi.AIRUNWAY}/v1alpha1`, kind: 'ModelDeployment', metadata: {}, spec: { model: {} },
  };
  for (const [name, cell] of flatten(cells)) {
    const column = columnOf(name);
    if (!column) {
      mistakes.push({
        code: 'IGW805', field: `${location} ${name}`, problem: 'is no column of a catalogue', allowed: ALLOWED_COLUMNS, fix: 'correct its name, or remove it',
      });
    } else if (cell !== undefined && cell !== null && cell !== '') {
      const value = valueOf(cell, column.type);
      if (value === undefined) mistakes.push(unreadable(`${location} ${name}`, cell, column.type));
      else put(model, column, value);
    }
  }
  const { name } = model.metadata as { readonly name?: string };
  if (name === undefined) {
    mistakes.push({ code: 'IGW805', field: `${location} name`, problem: 'is missing', fix: 'give every model a name' });
  }
  if (mistakes.length > 0) return mistakes;
  const { team, cluster, ...manifest } = model;
  return FleetModel.fromManifest(manifest, { team: team as string | undefined, cluster: cluster as string | undefined, location });
}

/** `args: { a: 1 }` is the same as `args.a: 1`. */
function flatten(cells: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(cells).flatMap(([name, cell]): [string, unknown][] => (
    Object.hasOwn(FAMILIES, name) && isMap(cell) ? Object.entries(cell).map(([key, item]) => [`${name}.${key}`, item]) : [[name, cell]]
  ));
}

function valueOf(cell: unknown, type: ColumnType): unknown {
  const isText = typeof cell === 'string';
  switch (type) {
    case 'text':
      return ['string', 'number', 'boolean'].includes(typeof cell) ? String(cell) : undefined;
    case 'number':
      if (typeof cell === 'number') return cell;
      return isText && /^\s*-?\d+\s*$/.test(cell) ? Number(cell) : undefined;
    case 'flag':
      if (typeof cell === 'boolean') return cell;
      return isText ? { true: true, yes: true, false: false, no: false }[cell.trim().toLowerCase()] : undefined;
    case 'words':
      if (Array.isArray(cell)) return cell.every((item) => typeof item === 'string') ? cell : undefined;
      return isText ? cell.trim().split(/\s+/) : undefined;
  }
}

const EXPECTED: Record<ColumnType, string> = { text: 'text', number: 'whole numbers', flag: 'true, false, yes, no', words: 'words with spaces between them, or a list' };

function unreadable(field: string, value: unknown, type: ColumnType): Mistake {
  return { code: 'IGW805', field, value, problem: 'cannot be read', allowed: EXPECTED[type], fix: 'correct the cell, or leave it empty' };
}

function put(model: Record<string, unknown>, { path }: Column, value: unknown): void {
  let target: any = model;
  const [last, parents] = [path[path.length - 1], path.slice(0, -1)];
  for (const key of parents) target = target[key] ??= key === 'env' ? [] : {};
  if (Array.isArray(target)) target.push({ name: last, value });
  else Object.defineProperty(target, last, { value, enumerable: true, configurable: true, writable: true });
}
