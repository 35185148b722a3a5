import type { Graph } from '../../graph';
import { ReferenceType } from '../../reference';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { flagOf } from '../../views/command-line';
import { Picker, PickerPool, pickersForPool, pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { OLD_POOL_GROUP, Pool, POOL_GROUP, poolByObject, poolsPickedBy } from '../../views/pools';
import { outcomeOf, pickerSeverity } from '../../views/processors';

export const rule: GraphRule = {
  code: 'IGW1209',
  title: 'an endpoint picker is told of a pool that is not the one it is asked for',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker never becomes Ready, and every request to the model answers 500; or it picks pods of another model.',
  breaks: 'The picker reads the InferencePool of --pool-name, --pool-namespace and --pool-group, and is not Ready before it has seen it. Without '
    + '--pool-namespace it looks in the namespace of the variable NAMESPACE, else in `default`.',
  source: 'cmd/epp/runner/runner.go of the Gateway API Inference Extension; observed with v1.5.0; llm-d/llm-d-model-service#55',
  * check(graph) {
    for (const picker of pickersOf(graph)) {
      if (picker.pool) yield* problemsOf(graph, picker, picker.pool);
    }
  },
};

function* problemsOf(graph: Graph, picker: Picker, told: PickerPool): Iterable<Problem> {
  const { object, services, line, container } = picker;
  const asking = [...new Set(services.flatMap((service) => poolsPickedBy(graph, service)))];
  const reference = graph.edgesFrom(object).find(({ type, path }) => type === ReferenceType.POOL_FLAG && path === told.flag.valuePath);
  const problem = { object, severity: pickerSeverity(graph, picker) };
  if (!reference?.to) {
    // A pool whose Service leads here was delivered with the picker.
    if (asking.length === 0 && (!reference || graph.presence(reference) !== 'missing')) return;
    const meant = asking[0] ?? lookalikeOf(graph, told);
    const outcome = `the endpoint picker never becomes Ready; ${outcomeOf(poolsOfPicker(graph, picker))}`;
    if (meant && meant.name === told.name && meant.namespace === told.namespace) {
      const group = flagOf(line, 'pool-group');
      yield {
        ...problem,
        field: group?.valuePath ?? told.flag.path,
        value: told.group,
        problem: `is not the API group of ${meant.object}: ${outcome}`,
        allowed: meant.object.group,
        fix: `set --pool-group to ${meant.object.group}`,
      };
    } else if (meant && meant.name === told.name) {
      const variable = container.env.find(({ name }) => name === 'NAMESPACE');
      const source = told.namespaceFlag
        ? `namespace ${told.namespace}`
        : `${variable ? 'is the value of NAMESPACE' : 'has no --pool-namespace, and the container no variable NAMESPACE'}, so that it looks in namespace ${told.namespace}, which`;
      yield {
        ...problem,
        field: told.namespaceFlag?.valuePath ?? variable?.path ?? [...container.path, 'args'],
        ...told.namespaceFlag || variable ? { value: told.namespace } : {},
        problem: `${source} has no InferencePool ${told.name}: ${outcome}`,
        allowed: meant.namespace,
        fix: `set --pool-namespace to ${meant.namespace}`,
      };
    } else {
      yield {
        ...problem,
        field: told.flag.valuePath,
        value: told.name,
        problem: `names no InferencePool of namespace ${told.namespace}: ${outcome}`,
        ...meant ? { allowed: meant.name } : {},
        fix: meant ? `name ${meant.name}${meant.namespace === told.namespace ? '' : `, and set --pool-namespace to ${meant.namespace}`}` : 'name the InferencePool it picks for',
      };
    }
    return;
  }
  const pool = poolByObject(graph).get(reference.to);
  // A Service that leads to several pickers is reported for itself.
  if (!pool || services.some(({ selects }) => selects.length > 1)) return;
  if (asking.includes(pool)) {
    for (const other of asking.filter((one) => one !== pool && one.picker)) {
      const own = pickersForPool(graph, other).find((one) => one !== picker)?.services[0];
      yield {
        object: other.object,
        field: [...other.picker!.path, 'name'],
        value: other.picker!.name,
        problem: `leads to the endpoint picker ${object.name}, which picks pods of ${pool.object}: requests get pods of another pool`,
        ...own ? { allowed: own.name } : {},
        fix: own ? `name ${own.name}` : `add an endpoint picker for ${other.name}, and name its Service`,
        severity: Severity.ERROR,
      };
    }
    return;
  }
  if (asking.length === 0) return;
  yield {
    ...problem,
    field: told.flag.valuePath,
    value: told.name,
    problem: `is not the pool it is asked for: ${asking[0].object} asks it, and gets pods of ${pool.object}`,
    allowed: asking[0].name,
    fix: `name ${asking[0].name}, or let endpointPickerRef of ${asking[0].object} name the Service of its own picker`,
  };
}

/** A pool of the set that was probably meant: of the same name, in another namespace or group. */
function lookalikeOf(graph: Graph, told: PickerPool): Pool | undefined {
  const groups = [POOL_GROUP, OLD_POOL_GROUP];
  const same = groups.flatMap((group) => graph.find({ group, kind: 'InferencePool', namespace: told.namespace, name: told.name }) ?? []);
  const [object] = [...same, ...groups.flatMap((group) => graph.namesakes(group, 'InferencePool', told.name))];
  return object && poolByObject(graph).get(object);
}
