import { GraphRule, RuleFamily, Severity } from '../../rule';
import { modelDeploymentsOf, staticObjectsOf } from '../../views/model-deployments';

export const rule: GraphRule = {
  code: 'IGW1601',
  title: 'a workload has the name of one that AI Runway makes',
  family: RuleFamily.COEXISTENCE,
  severity: Severity.ERROR,
  symptom: 'The ModelDeployment stays without pods of its own; its condition ResourceCreated is False, with the reason ResourceConflict.',
  breaks: 'The controller of a provider names the workload like the ModelDeployment, and does not touch one that it did not make. It stops there.',
  source: 'ai-runway/airunway providers/*/controller.go; observed with a Deployment and Service without owner reference',
  * check(graph) {
    for (const model of modelDeploymentsOf(graph)) {
      const [first, ...others] = staticObjectsOf(graph, model).filter(({ made }) => made.as === 'workload');
      if (!first) continue;
      yield {
        object: first.object,
        field: ['metadata', 'name'],
        value: first.object.name,
        problem: `is the name of the ${first.object.kind} that AI Runway makes for ${model.object}${first.made.certain ? '' : ' if it chooses such a provider'}: `
          + 'it then stops with ResourceConflict, and the model has no pods of its own',
        fix: 'keep one of the two: remove this object or the ModelDeployment, or rename one',
        severity: first.made.certain ? Severity.ERROR : Severity.WARNING,
        related: [{ object: model.object, field: ['metadata', 'name'], note: 'what it is made for' },
          ...others.map(({ object }) => ({ object, field: ['metadata', 'name'], note: 'is in the way as well' }))],
      };
    }
  },
};
