/** Whether a CEL condition over `spec` holds. Like the live controller it takes a condition that cannot be evaluated as one that does not. */
export function holds(condition: string, spec: object): boolean {
  // Loaded on first use: only models without a provider need it.
  const { celEnv, parse, plan } = require('@bufbuild/cel') as typeof import('@bufbuild/cel');
  try {
    return plan(celEnv(), parse(condition))({ spec: spec as Record<string, never> }) === true;
  } catch {
    return false;
  }
}
