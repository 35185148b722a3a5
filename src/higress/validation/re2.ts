/** What is wrong with a regular expression in the eyes of RE2, which plugins compile it with; undefined when nothing is. */
export function re2Error(pattern: string): string | undefined {
  // Loaded on first use: most plugins have no pattern.
  const { RE2JS } = require('@bufbuild/re2') as typeof import('@bufbuild/re2');
  try {
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, '');
  }
}

/** How many groups a pattern captures; 0 for one that does not compile. */
export function groupsOf(pattern: string): number {
  const { RE2JS } = require('@bufbuild/re2') as typeof import('@bufbuild/re2');
  try {
    return RE2JS.compile(pattern).groupCount();
  } catch {
    return 0;
  }
}
