import type { Mistake } from '../core';
import type { ModelDeploymentSpec } from '../plan';

export interface ModelNameInput {
  readonly spec: ModelDeploymentSpec;
  /** The first id `/v1/models` answers, when the user knows it. */
  readonly discovered?: string;
  /** Whether provider and engine answer to the model id whatever `servedName` says. */
  readonly ignoresServedName: boolean;
}

const REMEDY = 'set `modelName`, or `discoveredModelName` to the first id that /v1/models of the server answers';

/** The name routes match on; empty when only the running server knows it. */
export function resolveModelName({ spec, discovered, ignoresServedName }: ModelNameInput): string {
  const servedName = ignoresServedName ? undefined : spec.model.servedName;
  return spec.gateway?.modelName || servedName || discovered || spec.model.id || '';
}

/** A name that is not known, which a route cannot match on. */
export function unknownModelName(input: ModelNameInput): Mistake[] {
  if (resolveModelName(input)) return [];
  return [{
    code: 'IGW207',
    field: 'spec.gateway.modelName',
    problem: 'is not known: the container decides, and a route cannot match on an empty name',
    fix: REMEDY,
  }];
}

/** A name that is a guess, which only the running server can confirm. */
export function guessedModelName(input: ModelNameInput): Mistake[] {
  const { spec: { model, gateway }, discovered, ignoresServedName } = input;
  const isSaid = gateway?.modelName || discovered || (model.servedName && !ignoresServedName);
  if (isSaid || !model.id || (model.source !== 'custom' && !ignoresServedName)) return [];
  const reason = ignoresServedName && model.servedName ? 'this provider ignores servedName' : 'the server decides which name it answers to';
  return [{ code: 'IGW207', field: 'spec.model.id', value: model.id, problem: `is what the route matches on, and ${reason}`, fix: REMEDY }];
}
