import { GAIE_1_5 } from '../../../versions';
import type { Graph } from '../../graph';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { Picker, pickersOf, poolsOfPicker } from '../../views/endpoint-pickers';
import { outcomeOf, pickerSeverity } from '../../views/processors';
import { deniedRights, describeRights, isReportedElsewhere, isRightsKnown, Need, whereToGrant } from '../../views/rights';

export const rule: GraphRule = {
  code: 'IGW1210',
  title: 'an endpoint picker may not read what its flags make it read',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'The endpoint picker never becomes Ready, its log says "forbidden", and every request to the model answers 500.',
  breaks: 'The picker lists and watches pods, its InferencePool, objectives and rewrites in the namespace of the pool, and with leader election '
    + 'writes leases there. Its ServiceAccount has no Role that lets it.',
  source: 'pkg/epp/server/controller_manager.go of the Gateway API Inference Extension; observed with v1.5.0',
  * check(graph) {
    for (const picker of pickersOf(graph)) yield* problemsOf(graph, picker);
  },
};

const READ = ['list', 'watch'];
const EXTENSIONS = ['inferenceobjectives', 'inferencemodelrewrites'];

function* problemsOf(graph: Graph, picker: Picker): Iterable<Problem> {
  const { pool, build, leaderElection, object } = picker;
  if (!pool) return;
  const told = graph.find({ ...pool, kind: 'InferencePool' });
  // A picker that is told of the wrong pool is reported for that.
  if (!told && poolsOfPicker(graph, picker).length > 0) return;
  if (!isRightsKnown(graph, picker, ['inferencepools', 'inferenceobjectives'], poolsOfPicker(graph, picker).length > 0)) return;
  const { namespace } = pool;
  const needs: Need[] = [
    { verbs: READ, group: '', resource: 'pods', namespace },
    { verbs: READ, group: pool.group, resource: 'inferencepools', namespace, name: pool.name },
    ...leaderElection === true ? [{ verbs: ['create', 'get', 'update'], group: 'coordination.k8s.io', resource: 'leases', namespace }] : [],
  ];
  const denied = [...deniedRights(graph, picker, needs), ...deniedExtensions(graph, picker, namespace)];
  if (denied.length === 0) return;
  const place = whereToGrant(graph, picker, denied, 'inferencepools');
  if (isReportedElsewhere(graph, picker, place.object)) return;
  yield {
    ...place,
    problem: `does not let the endpoint picker ${object.name} ${describeRights(denied)} in namespace ${namespace}: it never becomes Ready; ${outcomeOf(poolsOfPicker(graph, picker))}`,
    // Only where the build is known is it certain that it reads all of this.
    severity: build || denied.some(({ resource }) => !EXTENSIONS.includes(resource)) ? pickerSeverity(graph, picker) : Severity.WARNING,
  };
}

/** Builds that know both groups of objectives and rewrites read the one that is installed. */
function deniedExtensions(graph: Graph, picker: Picker, namespace: string): Need[] {
  const groups = (picker.build ?? GAIE_1_5).extensionGroups;
  const byGroup = (picker.build ? groups : [...groups, 'llm-d.ai']).map((group) => (
    deniedRights(graph, picker, EXTENSIONS.map((resource) => ({ verbs: READ, group, resource, namespace })))));
  return byGroup.some((denied) => denied.length === 0) ? [] : byGroup[0];
}
