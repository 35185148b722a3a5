import { IConstruct } from 'constructs';
import type { Manifest, PlainObject, PlainObjects, RestOfApp } from '../../core';
import type { ModelNames } from '../../model';
import { Mentions } from './mentions';
import { charactersOf } from './slots';

/** One of many models, to those who look at its objects. */
export interface SampledModel {
  readonly owner: IConstruct;
  readonly location?: string;
  /** Models of one shape have the same objects but for names and the numbers of flags that tune them. */
  readonly text: ModelNames & { readonly shape: string };
  readonly manifests: () => readonly Manifest[];
  /** Annotations of its objects, by their places among them. */
  notes?: Notes;
}

/** Annotations of objects, by their places among those of a model. */
export type Notes = Map<number, Record<string, string>>;

/** Models that only differ in names that nothing else knows, and in what tunes them. */
interface Group {
  readonly members: SampledModel[];
  readonly longest: Record<'name' | 'namespace' | 'modelName', SampledModel>;
  readonly notes: Notes;
  /** Stands for all objects of one place. */
  readonly kinds: object[];
}

/** How many others are named beside the one that is reported. */
const NAMED = 3;

/**
 * The models of which a mistake in any other shows too: of models that are the same but for their names, the first and those with the longest
 * names, in each namespace that the other objects of the app treat in a way of its own; and all that these objects mention.
 */
export function sampleOf(models: Iterable<SampledModel>, { objects: others, muted }: RestOfApp): PlainObjects {
  const mentions = new Mentions(others);
  const groups = new Map<string, Group>();
  const mentioned: Group[] = [];
  const mutesOf = ({ node }: IConstruct) => node.scopes.filter((scope) => muted.has(scope)).map((scope) => scope.node.path);
  for (const model of models) {
    const { name, namespace, modelName, shape } = model.text;
    if (mentions.has(name) || mentions.has(modelName)) {
      mentioned.push(groupOf(model));
      continue;
    }
    const key = [shape, mentions.aroundOf(namespace), ...[name, namespace, modelName].map(charactersOf), ...mutesOf(model.owner)].join('\n');
    const group = groups.get(key);
    if (group) join(group, model);
    else groups.set(key, groupOf(model));
  }
  return {
    always: mentioned.flatMap((group) => objectsOf(group, group.members[0])),
    others: setsOf([...groups.values()].sort(byNamespace)),
  };
}

function groupOf(model: SampledModel): Group {
  const group: Group = { members: [], longest: { name: model, namespace: model, modelName: model }, notes: new Map(), kinds: [] };
  join(group, model);
  return group;
}

function join({ members, longest, notes }: Group, model: SampledModel): void {
  members.push(model);
  model.notes = notes;
  for (const field of ['name', 'namespace', 'modelName'] as const) {
    if (model.text[field].length > longest[field].text[field].length) longest[field] = model;
  }
}

/** What can be wrong between two models is mostly so in one namespace. */
function byNamespace(a: Group, b: Group): number {
  const [one, other] = [a, b].map(({ members }) => members[0].text.namespace);
  return one < other ? -1 : one > other ? 1 : 0;
}

function* setsOf(groups: Iterable<Group>): Generator<readonly PlainObject[]> {
  for (const group of groups) {
    const { members, longest } = group;
    for (const model of new Set([members[0], longest.name, longest.namespace, longest.modelName])) yield objectsOf(group, model);
  }
}

function objectsOf(group: Group, model: SampledModel): PlainObject[] {
  const place = placeOf(group, model);
  return model.manifests().map((manifest, index): PlainObject => ({
    manifest,
    owner: model.owner,
    place,
    alike: group.kinds[index] ??= {},
    annotate: (key, value) => group.notes.set(index, { ...group.notes.get(index), [key]: value }),
  }));
}

function placeOf({ members }: Group, model: SampledModel): string {
  const nameOf = ({ owner, location }: SampledModel) => (location === undefined ? owner.node.path : `${location} ${owner.node.path}`);
  if (members.length === 1) return nameOf(model);
  const alike = members.slice(0, NAMED + 1).filter((member) => member !== model).slice(0, NAMED).map(nameOf);
  const more = members.length - 1 - alike.length;
  return `${nameOf(model)}, and in the same way ${alike.join(', ')}${more > 0 ? ` and ${more} others` : ''}`;
}
