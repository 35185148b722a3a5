import { FLEET_RULES } from './fleets';
import { GATEWAY_RULES } from './gateways';
import { HIGRESS_RULES } from './higress';
import { INPUT_RULES } from './input';
import { MODEL_RULES } from './models';
import { NAME_RULES } from './names';
import { POOL_RULES } from './pools';
import { PROVIDER_RULES } from './providers';

export * from './rule';

/** Every rule of what is given to a construct, by its code. */
export const RULES = {
  ...NAME_RULES,
  ...MODEL_RULES,
  ...PROVIDER_RULES,
  ...GATEWAY_RULES,
  ...POOL_RULES,
  ...INPUT_RULES,
  ...HIGRESS_RULES,
  ...FLEET_RULES,
} as const;

export type RuleCode = keyof typeof RULES;
