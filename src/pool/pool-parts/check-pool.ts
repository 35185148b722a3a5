import type { Mistake } from '../../core';
import type { ModelPoolProps } from '../model-pool';

export function checkPool(
  props: ModelPoolProps, ports: number[], matchLabels: { [key: string]: string }, namespace: string, workloadNamespace: string | undefined,
): Mistake[] {
  const mistakes: Mistake[] = [];
  if (Object.keys(matchLabels).length === 0) {
    mistakes.push({ code: 'IGW501', field: 'spec.selector.matchLabels', problem: 'is empty, and a pool selects pods by at least one label', fix: 'give `workload`, `workloadObject` or `matchLabels`' });
  }
  if ((props.port === undefined) === (props.ports === undefined)) {
    mistakes.push({ code: 'IGW501', field: 'spec.targetPorts', problem: 'needs either `port` or `ports`', fix: 'give exactly one of the two' });
  } else if (ports.length < 1 || ports.length > 8 || new Set(ports).size !== ports.length) {
    mistakes.push({ code: 'IGW501', field: 'spec.targetPorts', value: ports, problem: 'is not a list of target ports', allowed: '1 to 8 different ports', fix: 'remove the extra ones' });
  }
  ports.filter((port) => !Number.isInteger(port) || port < 1 || port > 65535).forEach((port) => mistakes.push({
    code: 'IGW501', field: 'spec.targetPorts', value: port, problem: 'is not a port', allowed: 'whole numbers from 1 to 65535', fix: 'set another port',
  }));
  if (props.endpointPicker && props.endpointPickerService) {
    mistakes.push({ code: 'IGW503', field: 'endpointPicker', problem: 'is made for the pool while endpointPickerService names one that exists', fix: 'give one of the two' });
  }
  if (props.workload && props.workloadObject) {
    mistakes.push({ code: 'IGW501', field: 'workloadObject', problem: 'is given beside workload, and a pool takes one', fix: 'remove one of the two' });
  }
  if (workloadNamespace && workloadNamespace !== namespace) {
    mistakes.push({
      code: 'IGW501', field: 'metadata.namespace', value: namespace, problem: `is not the namespace of the workload, ${workloadNamespace}, and a pool selects pods of its own only`, allowed: workloadNamespace, fix: 'set the same namespace on both',
    });
  }
  return mistakes;
}
