/** The hostnames that two patterns have in common; undefined is any. None is an empty list. */
export function intersection(listener: string | undefined, hostnames: readonly string[]): readonly (string | undefined)[] {
  if (hostnames.length === 0) return [listener];
  return hostnames.flatMap((hostname) => {
    const common = meet(listener, hostname.toLowerCase());
    return common === undefined ? [] : [common];
  });
}

/** Whether a hostname or wildcard covers another. */
export function covers(pattern: string, hostname: string): boolean {
  if (pattern === hostname) return true;
  return pattern.startsWith('*.') && hostname.endsWith(pattern.slice(1)) && hostname.length > pattern.length - 1 && hostname !== pattern.slice(2);
}

function meet(listener: string | undefined, hostname: string): string | undefined {
  if (listener === undefined || covers(listener, hostname)) return hostname;
  return covers(hostname, listener) ? listener : undefined;
}
