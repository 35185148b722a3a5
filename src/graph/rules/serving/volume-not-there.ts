import { at, list } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { isPatch, workloadsOf } from '../../views/workloads';

export const rule: GraphRule = {
  code: 'IGW1222',
  title: 'a container mounts a volume that its pod does not have',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'The API server refuses the workload: "volumeMounts[0].name: Not found". No pod runs.',
  breaks: 'Each volumeMount names an entry of spec.volumes of the same pod, or of the claim templates of a StatefulSet.',
  source: 'Kubernetes, the validation of pod specs',
  * check(graph) {
    for (const { object, templates } of workloadsOf(graph)) {
      for (const { containers, volumes } of templates) {
        const names = volumes.map(({ name }) => name);
        // Kinds of operators may add volumes of their own.
        const closed = object.group === 'apps' || object.group === 'batch' || object.group === '';
        if (!closed || isPatch(object) || list(at(object.manifest, ['spec', 'volumeClaimTemplates'])).length > 0) continue;
        for (const { path, volume } of containers.flatMap(({ mounts }) => mounts)) {
          if (volume === '' || names.includes(volume)) continue;
          yield {
            object,
            field: [...path, 'name'],
            value: volume,
            problem: 'names no volume of the pod: the API server refuses it',
            allowed: names.join(', ') || 'none',
            fix: 'add the volume, or name one that is there',
          };
        }
      }
    }
  },
};
