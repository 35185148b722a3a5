import type { Graph } from '../graph';
import type { GraphObject } from '../graph-object';
import { at, items, map, Path, text, texts, textMap } from '../json';

/** A Kubernetes label selector. */
export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>;
  readonly matchExpressions: readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] }[];
}

/** Which namespaces something is open to. */
export interface NamespaceRule {
  readonly path: Path;
  /** `All`, `Same`, `Selector`, `None`, or what else is written there. */
  readonly from: string;
  readonly selector?: LabelSelector;
  /** Whether it takes objects of a namespace; undefined when that cannot be told from the set. */
  allows(graph: Graph, namespace: string): boolean | undefined;
}

/** The rule at a path of an object; `from` has a default. */
export function namespaceRule(owner: GraphObject, path: Path, otherwise: string): NamespaceRule {
  const { from, selector } = map(at(owner.manifest, path));
  const word = text(from) ?? otherwise;
  const labels = word === 'Selector' ? selectorOf(selector) : undefined;
  return {
    path,
    from: word,
    selector: labels,
    allows: (graph, namespace) => {
      switch (word) {
        case 'All': return true;
        case 'None': return false;
        case 'Same': return namespace === owner.namespace;
        case 'Selector': return matchesNamespace(graph, labels!, namespace);
        default: return undefined;
      }
    },
  };
}

export function selectorOf(value: unknown): LabelSelector {
  return {
    matchLabels: textMap(map(value).matchLabels),
    matchExpressions: items(value, ['matchExpressions']).map(({ value: expression }) => {
      const { key, operator, values } = map(expression);
      return { key: text(key) ?? '', operator: text(operator) ?? '', values: texts(values) };
    }),
  };
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** Whether a namespace has the labels asked for: those of the set's Namespace object, and the one every namespace has. */
function matchesNamespace(graph: Graph, { matchLabels, matchExpressions }: LabelSelector, namespace: string): boolean | undefined {
  const object = graph.find({ group: '', kind: 'Namespace', name: namespace });
  const valueOf = (key: string) => (key === NAME_LABEL ? namespace : object?.labels.get(key));
  const isKnown = (key: string) => key === NAME_LABEL || object !== undefined;
  const answers = [
    ...[...matchLabels].map(([key, value]) => (isKnown(key) ? valueOf(key) === value : undefined)),
    ...matchExpressions.map(({ key, operator, values }) => (isKnown(key) ? matches(valueOf(key), operator, values) : undefined)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function matches(value: string | undefined, operator: string, values: readonly string[]): boolean | undefined {
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'DoesNotExist': return value === undefined;
    default: return undefined;
  }
}
