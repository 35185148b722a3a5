import type { Graph } from '../../graph';
import { integer, items, map, Path } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { gatewaysOf } from '../../views/gateways';
import { ModelDeploymentView, modelDeploymentsOf } from '../../views/model-deployments';

export const rule: GraphRule = {
  code: 'IGW1609',
  title: 'AI Runway refuses a ModelDeployment, or does not do what it says',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'Pods run although replicas is 0; prefix caching stays on; the model has no Service, endpoint picker or route; or the workload is never made. No field says why.',
  breaks: 'The controller drops zero and false when it first writes the object, and defaults come back. What it makes is named after the ModelDeployment, with the limits of a Service '
    + 'and of a label. A route without a model name is refused by the API server.',
  source: 'ai-runway/airunway, observed with its controllers: names of 60 characters and with leading digits, replicas: 0, enablePrefixCaching: false, custom models without an id',
  warnedAs: 'IGW210',
  * check(graph) {
    for (const model of modelDeploymentsOf(graph)) {
      yield* nameProblems(graph, model);
      yield* lostFields(model);
      const unnamed = !model.model && !model.withoutGateway && model.routeRef === undefined && model.object.get('spec', 'model', 'source') === 'custom';
      if (unnamed) {
        yield {
          object: model.object, field: ['spec', 'gateway', 'modelName'], problem: 'is missing, and a custom model without id and servedName has no other name: unless its server lists one '
            + 'at /v1/models, the HTTPRoute is refused', fix: 'set spec.gateway.modelName, or spec.gateway.enabled: false', severity: Severity.WARNING,
        };
      }
      yield* doubledToken(model);
    }
  },
};

const LONGEST_LABEL = 63;

function* nameProblems(graph: Graph, { object, name, provider, makes, withoutGateway }: ModelDeploymentView): Iterable<Problem> {
  const problem = { object, field: ['metadata', 'name'], value: name };
  const longest = LONGEST_LABEL - (!withoutGateway && makes.some(({ as, certain }) => as === 'picker' && certain) ? '-epp'.length : 0);
  if (name.includes('.')) {
    yield { ...problem, problem: 'has a dot: the ModelDeployment is refused', allowed: 'lower-case letters, digits and -', fix: `use ${name.replaceAll('.', '-').slice(0, LONGEST_LABEL)}` };
  } else if (name.length > longest) {
    yield {
      ...problem, problem: `has ${name.length} characters: ${name.length > LONGEST_LABEL ? 'it is a label of pods' : `${name}-epp is a label of the endpoint picker`}, which the API server refuses`,
      allowed: `at most ${longest} characters`,
      fix: 'choose a shorter name',
      // Without a Gateway in the cluster there is no endpoint picker.
      severity: name.length > LONGEST_LABEL || gatewaysOf(graph).length > 0 ? Severity.ERROR : Severity.WARNING,
    };
  } else if (/^[0-9]/.test(name)) {
    const certain = provider === 'vllm' || provider === 'llmd';
    yield {
      ...problem, problem: 'begins with a digit, which the name of a Service cannot: the Services of the model are refused', allowed: 'a letter, then letters, digits and -',
      fix: 'put a letter before it', severity: certain ? Severity.ERROR : Severity.WARNING,
    };
  }
}

const REPLICAS: readonly Path[] = [['spec', 'scaling', 'replicas'], ['spec', 'scaling', 'prefill', 'replicas'], ['spec', 'scaling', 'decode', 'replicas']];

function* lostFields({ object }: ModelDeploymentView): Iterable<Problem> {
  const lost = { object, problem: 'is lost when the controller first writes the object, and the default comes back', severity: Severity.WARNING };
  for (const field of REPLICAS) {
    if (integer(object.get(...field)) === 0) yield { ...lost, field, value: 0, fix: 'delete the ModelDeployment to scale it down' };
  }
  const caching: Path = ['spec', 'engine', 'enablePrefixCaching'];
  if (object.get(...caching) === false) yield { ...lost, field: caching, value: false, fix: 'set the flag no-enable-prefix-caching in spec.engine.args' };
}

const TOKEN = 'HF_TOKEN';

/** Of the providers, llmd alone writes the variable twice into what is applied on the server, which has one entry for each name. */
function* doubledToken({ object, provider }: ModelDeploymentView): Iterable<Problem> {
  const secret = object.get('spec', 'secrets', 'huggingFaceToken');
  const variable = items(object.manifest, ['spec', 'env']).find(({ value }) => map(value).name === TOKEN);
  if (provider !== 'llmd' || typeof secret !== 'string' || secret === '' || !variable) return;
  yield {
    object, field: [...variable.path, 'name'], value: TOKEN, problem: 'is set by spec.secrets.huggingFaceToken as well: the Deployment has it twice, and is refused', fix: 'remove one of the two',
  };
}
