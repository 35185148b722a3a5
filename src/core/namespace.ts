import { Chart } from 'cdk8s';
import { Construct } from 'constructs';

/**
 * The namespace an object of this scope lands in: given, else the chart's, else `default`.
 *
 * It is always written out, because names of Services, flags and grants are derived from it.
 */
export function namespaceOf(scope: Construct, given?: string): string {
  return given ?? Chart.of(scope).namespace ?? 'default';
}
