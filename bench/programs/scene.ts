/** The same models for everybody: each has 15 objects. */
export const TEAMS = 20;

export const nameOf = (index: number): string => `model-${String(index).padStart(5, '0')}`;
export const namespaceOf = (index: number): string => `team-${String(index % TEAMS).padStart(2, '0')}`;
