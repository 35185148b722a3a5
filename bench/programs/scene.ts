/** The same models for everybody: each has 15 objects. */
export const TEAMS = 20;

export const nameOf = (index: number): string => `model-${String(index).padStart(5, '0')}`;
export const namespaceOf = (index: number): string => `team-${String(index % TEAMS).padStart(2, '0')}`;

/** The objects of the first model, as those of another one. */
export function copyOf(value: unknown, name: string, namespace: string): unknown {
  if (typeof value === 'string') return value.includes('0') ? value.replaceAll(nameOf(0), name).replaceAll(namespaceOf(0), namespace) : value;
  if (Array.isArray(value)) return value.map((item) => copyOf(item, name, namespace));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copyOf((value as Record<string, unknown>)[key], name, namespace);
  return copy;
}
