import type { Mistake } from '../../core';
import { GpuStackGatewayMode } from '../gpustack-upstream';

/** Whether a plugin fits beside those of GPUStack. */
export function checkAddedPlugin(name: string, id: string, ownNames: ReadonlySet<string>, mode: GpuStackGatewayMode): Mistake[] {
  if (mode === GpuStackGatewayMode.DISABLED) {
    return [{ code: 'IGW742', field: 'plugin', value: id, problem: 'is added to a gateway that is disabled', fix: 'make a WasmPlugin of your own' }];
  }
  if (ownNames.has(name)) {
    return [{ code: 'IGW742', field: 'name', value: name, problem: "is the name of one of GPUStack's plugins", fix: 'set another `name`' }];
  }
  if (id !== 'model-router' || !ownNames.has('gpustack-model-router')) return [];
  return [{
    code: 'IGW742',
    field: 'plugin',
    value: id,
    problem: 'writes the header of the model as gpustack-model-router does, and the one that runs last wins',
    fix: "leave it out: GPUStack's router reads the model too",
  }];
}
