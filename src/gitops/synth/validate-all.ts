import { IConstruct } from 'constructs';

/** Validates every construct once and throws all that is wrong, in the words of cdk8s. */
export function validateAll(all: readonly IConstruct[]): void {
  const errors = all.flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`));
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}
