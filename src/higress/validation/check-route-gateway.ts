import type { IConstruct } from 'constructs';
import type { Mistake } from '../../core';
import { GpuStackRelease } from '../gpustack-release';
import { GpuStackRole } from '../gpustack-role';
import { GpuStackGatewayMode } from '../gpustack-upstream';
import type { ModelRouteBook, ModelRouteGateway } from '../model-route/model-route-book';
import { Ownership } from '../ownership';
import type { ServiceRegistry } from '../service-registry';

/** Whether routes can be declared for a gateway at all. */
export function checkRouteGateway({ release, ownership, role, mode }: ModelRouteGateway): Mistake[] {
  const mistakes: Mistake[] = [];
  const refuse = (field: string, value: string, problem: string, allowed: string, fix: string) => {
    mistakes.push({ code: 'IGW766', field: `higress.${field}`, value, problem, allowed, fix });
  };
  if (ownership === Ownership.SHARED) {
    refuse('ownership', ownership, 'leaves models, providers and routes to a running GPUStack server, which removes those it does not know',
      'Ownership.GITOPS, Ownership.BOOTSTRAP', 'declare them in GPUStack, or give Git the gateway by another `ownership`');
  }
  if (mode === GpuStackGatewayMode.DISABLED) {
    refuse('upstream', mode, 'means that there is no gateway', 'any other upstream', 'remove the routes, or set `upstream`');
  }
  if (role === GpuStackRole.WORKER) {
    refuse('role', role, 'has no model routes: they are of the gateway of the server', GpuStackRole.SERVER, 'use the server\'s HigressPlugins');
  }
  if (release !== GpuStackRelease.HEAD_2026_08) {
    refuse('release', release, 'gets the tokens of its models from the server with every request, so its routes do not work from Git',
      GpuStackRelease.HEAD_2026_08, 'set `release` to GpuStackRelease.HEAD_2026_08');
  }
  return mistakes;
}

/** An id that becomes part of the name of a registry or an Ingress. */
export function checkPartOfName(field: string, value: string): Mistake[] {
  if (/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(value)) return [];
  return [{
    code: 'IGW760',
    field,
    value,
    problem: 'cannot be part of a name',
    allowed: 'at most 50 lower-case letters, digits and -, starting and ending with a letter or digit',
    fix: `set \`${field.slice(field.lastIndexOf('.') + 1)}\``,
  }];
}

/** The name of a route as GPUStack takes it: it is matched in a header, and `/` parts it from the organization's. */
export function checkModelName(field: string, name: string): Mistake[] {
  if (/^[A-Za-z]([-A-Za-z0-9_.:]*[A-Za-z0-9])?$/.test(name)) return [];
  return [{
    code: 'IGW760',
    field,
    value: name,
    problem: 'is no name of a model',
    allowed: 'letters, digits, -, _, . and :, starting with a letter and ending with a letter or digit',
    fix: name.includes('/') ? 'give what stands before the / as `organization`' : 'set another name',
  }];
}

/** Two registries of one name and type are one service, so the addresses of one of the two would be lost. */
export function claimRegistries(scope: IConstruct, book: ModelRouteBook, registries: readonly ServiceRegistry[]): Mistake[] {
  return registries.flatMap((registry) => {
    const holder = book.claimRegistry(scope, registry._entry());
    return holder ? [{
      code: 'IGW763' as const,
      field: 'registry',
      value: registry.name,
      problem: `is also a registry of ${holder.node.path}, with another address`,
      fix: 'choose other ids, so that the names differ',
    }] : [];
  });
}

export function claimId(scope: IConstruct, book: ModelRouteBook, field: string, kind: string, id: string): Mistake[] {
  const holder = book.claim(scope, `${kind} ${id}`);
  if (!holder) return [];
  return [{
    code: 'IGW763', field, value: id, problem: `is also that of ${holder.node.path}`, fix: `set \`${field}\` of one of the two to something else`,
  }];
}
