const QUANTITY = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?$/;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
/** Kubernetes keeps nine decimal places. */
const SCALE = 9;

/**
 * A quantity as the API server stores it, with the largest suffix of its family that leaves a whole number: `1024Mi` is `1Gi`.
 * Written otherwise it would differ from the cluster for ever.
 */
export function canonicalQuantity(text: string): string {
  const [, sign, whole, fraction = '', suffix = ''] = QUANTITY.exec(text) ?? [];
  if (whole === undefined || whole + fraction === '') return text;
  const nanos = (sign === '-' ? -1n : 1n) * nanosOf(whole, fraction, suffix);
  const isWhole = nanos % 10n ** BigInt(SCALE) === 0n;
  const units = nanos / 10n ** BigInt(SCALE);
  const isSmall = units > -1024n && units < 1024n;
  if (suffix.endsWith('i') && isWhole && !isSmall) return binary(units);
  return decimal(nanos, /^[eE]/.test(suffix) && suffix !== 'E');
}

/** The amount in billionths, rounded away from zero. */
function nanosOf(whole: string, fraction: string, suffix: string): bigint {
  const power = suffix.endsWith('i') ? 0 : exponentOf(suffix);
  const factor = suffix.endsWith('i') ? 1024n ** BigInt(BINARY.indexOf(suffix)) : 1n;
  const shift = SCALE + power - fraction.length;
  const amount = BigInt(whole + fraction) * factor;
  if (shift >= 0) return amount * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (amount + divisor - 1n) / divisor;
}

function exponentOf(suffix: string): number {
  const index = DECIMAL.indexOf(suffix);
  return index >= 0 ? 3 * index - SCALE : Number(suffix.slice(1));
}

function binary(units: bigint): string {
  let [amount, power] = [units, 0];
  while (amount % 1024n === 0n && power < BINARY.length - 1) {
    amount /= 1024n;
    power++;
  }
  return `${amount}${BINARY[power]}`;
}

function decimal(nanos: bigint, isExponent: boolean): string {
  if (nanos === 0n) return '0';
  let [amount, index] = [nanos, 0];
  while (amount % 1000n === 0n && index < DECIMAL.length - 1) {
    amount /= 1000n;
    index++;
  }
  if (!isExponent) return `${amount}${DECIMAL[index]}`;
  const exponent = 3 * index - SCALE;
  return exponent === 0 ? String(amount) : `${amount}e${exponent}`;
}
