const FAMILIES = [
  { step: 1024, suffixes: ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] },
  { step: 1000, suffixes: ['', 'k', 'M', 'G', 'T', 'P', 'E'] },
];

/**
 * A size as the API server stores it, the largest suffix of its family that leaves a whole number: `1024Mi` is `1Gi`.
 * Written otherwise it would differ from the cluster for ever.
 */
export function canonicalQuantity(text: string): string {
  const [, digits, suffix] = /^([0-9]+(?:\.[0-9]+)?)([KMGTPE]i|[kMGTPE]?)$/.exec(text) ?? [];
  if (digits === undefined) return text;
  const { step, suffixes } = suffix.endsWith('i') ? FAMILIES[0] : FAMILIES[1];
  let amount = Number(digits);
  let power = suffixes.indexOf(suffix);
  while (!Number.isInteger(amount) && power > 0) {
    amount *= step;
    power--;
  }
  while (amount !== 0 && amount % step === 0 && power < suffixes.length - 1) {
    amount /= step;
    power++;
  }
  return Number.isInteger(amount) ? `${amount}${suffixes[power]}` : text;
}
