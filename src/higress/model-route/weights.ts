/** A destination of a route: how much it gets of all, and on how many services it is spread. */
export interface WeightedPart {
  readonly weight: number;
  readonly services: number;
}

/**
 * Whole percentages that sum up to 100, one list for each part and one number for each of its services: by the largest remainder, the
 * first one first. Empty when nothing has a weight.
 *
 * Source: gpustack/gpustack gpustack/gateway/utils.py, hamilton_calculate_weight. As there, the parts are first brought to a common
 * multiple, so that the quotas are the same floating point numbers.
 *
 * @param least weight that each service has at least
 */
export function percentagesOf(parts: readonly WeightedPart[], least = 0): number[][] {
  const multiple = parts.map(({ services }) => services).filter((count) => count > 0).reduce(leastCommonMultiple, 1);
  const weights = parts.flatMap(({ weight, services }) => Array<number>(services).fill(Math.max(Math.floor(weight * multiple / services), least)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return parts.map(() => []);
  const quotas = weights.map((weight) => weight * 100 / total);
  const shares = quotas.map(Math.floor);
  const left = 100 - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = quotas.map((quota, index) => ({ index, remainder: quota - shares[index] })).sort((a, b) => b.remainder - a.remainder);
  byRemainder.slice(0, left).forEach(({ index }) => shares[index]++);
  let start = 0;
  return parts.map(({ services }) => shares.slice(start, start += services));
}

function leastCommonMultiple(a: number, b: number): number {
  return a / greatestCommonDivisor(a, b) * b;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
