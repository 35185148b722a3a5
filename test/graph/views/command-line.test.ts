import { flagOf, goBoolean, isOn, numberOf, parseFlags, wordsOf } from '../../../src/graph/views/command-line';

const BOOLEANS = new Set(['tracing', 'secure-serving', 'ha-enable-leader-election']);
const parse = (...args: unknown[]) => parseFlags(wordsOf(undefined, args, [], new Map()), (name) => (BOOLEANS.has(name) ? true : undefined));

test('the smallest command line', () => {
  expect(parse()).toEqual({ words: [], flags: [], positionals: [] });
});

test.each<[string[], string, string | undefined, string]>([
  [['--pool-name=a'], 'pool-name', 'a', 'equals'],
  [['--pool-name', 'a'], 'pool-name', 'a', 'separate'],
  [['--pool-name='], 'pool-name', '', 'equals'],
  [['--text', '--v=1'], 'text', undefined, 'alone'],
  [['--offset', '-1'], 'offset', '-1', 'separate'],
  [['-v', '3'], 'v', '3', 'separate'],
  [['--tracing', 'false'], 'tracing', undefined, 'alone'],
  [['--tracing=false'], 'tracing', 'false', 'equals'],
  [['--config-text=a=b\nc'], 'config-text', 'a=b\nc', 'equals'],
])('%j', (args, name, value, style) => {
  expect(parse(...args).flags[0]).toMatchObject({ name, style, ...(value === undefined ? {} : { value }) });
  expect(parse(...args).flags[0].value).toBe(value);
});

test('the last use counts, and what follows -- is no flag', () => {
  const line = parse('--v=1', 'word', '--v', '2', '--', '--v=3');
  expect(flagOf(line, 'v')?.value).toBe('2');
  expect(line.positionals.map(({ text }) => text)).toEqual(['word', '--v=3']);
});

test('booleans as pflag takes them: a second word is not for them', () => {
  expect(isOn(parse('--secure-serving', 'false'), 'secure-serving', true)).toBe(true);
  expect(isOn(parse('--secure-serving=false'), 'secure-serving', true)).toBe(false);
  expect(isOn(parse('--secure-serving=F'), 'secure-serving', true)).toBe(false);
  expect(isOn(parse(), 'secure-serving', true)).toBe(true);
  expect(isOn(parse('--secure-serving=$(X)'), 'secure-serving', true)).toBeUndefined();
  expect(goBoolean('yes')).toBeUndefined();
});

test('numbers', () => {
  expect(numberOf(parse('--grpc-port=9000'), 'grpc-port', 9002)).toBe(9000);
  expect(numberOf(parse(), 'grpc-port', 9002)).toBe(9002);
  expect(numberOf(parse('--grpc-port=$(PORT)'), 'grpc-port', 9002)).toBeUndefined();
});

test('variables are replaced where they are known', () => {
  const words = wordsOf(undefined, ['--a=$(KNOWN)', '--b=$(OTHER)', '$$(KNOWN)'], ['c'], new Map([['KNOWN', 'x']]));
  expect(words.map(({ text, dynamic }) => [text, dynamic])).toEqual([['--a=x', false], ['--b=$(OTHER)', true], ['$(KNOWN)', false]]);
  expect(words[1].path).toEqual(['c', 'args', 1]);
});

test('the program is no argument, and what a shell runs is taken apart', () => {
  expect(wordsOf(['/epp', '--v=1'], ['--a'], [], new Map()).map(({ text }) => text)).toEqual(['--v=1', '--a']);
  const script = wordsOf(['/bin/sh', '-c'], ["exec vllm serve 'a b' \\\n  --port 8000 --name \"c\" && true"], [], new Map());
  expect(script.map(({ text }) => text)).toEqual(['exec', 'vllm', 'serve', 'a b', '--port', '8000', '--name', 'c', 'true']);
  expect(script[4].path).toEqual(['args', 0]);
});

test('what is no text is written out', () => {
  expect(parse('--port', 8000).flags[0]).toMatchObject({ name: 'port', value: '8000' });
  expect(wordsOf('text', { a: 1 }, [], new Map())).toEqual([]);
});
