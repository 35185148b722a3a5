import { IConstruct } from 'constructs';

/**
 * Validates every construct once and throws all that is wrong, in the words of cdk8s. The app comes last, though its errors are the first: it
 * looks at what all others render to, when their validators have changed what they change.
 */
export function validateAll([app, ...others]: readonly IConstruct[]): void {
  const errorsOf = (construct: IConstruct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`);
  const found = others.flatMap(errorsOf);
  const errors = [...errorsOf(app), ...found];
  if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
}
