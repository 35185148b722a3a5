/** Runs something, and catches what it writes to standard error, line by line. */
export function stderrOf(run: () => void): string[] {
  const { write } = process.stderr;
  let text = '';
  process.stderr.write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  try {
    run();
  } finally {
    process.stderr.write = write;
  }
  return text.split('\n').filter(Boolean);
}
