import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { LINT_FORMATS } from '../../src/cli/lint';
import { run } from '../../src/cli/main';
import { allRules } from '../../src/graph';
import { workingSet } from '../graph/working-set';
import { runWith } from './terminal';

let folder: string;
const write = (name: string, text: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const SET = Yaml.stringify(...workingSet());
const WRONG_PORT = Yaml.stringify(...workingSet({ models: ['llama'] }, ['InferencePool models/llama', ({ spec }) => { spec.endpointPickerRef.port.number = 9003; }]));
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

test('a set that works has no finding', () => {
  expect(runWith(SET, 'lint', '-')).toEqual({
    status: 0, err: '', out: `0 errors, 0 warnings in ${workingSet().length} objects of 1 file\n`,
  });
});

test('files and folders are checked together', () => {
  const [first, ...others] = workingSet();
  mkdirSync(join(folder, 'a'));
  write('a/first.yaml', Yaml.stringify(first));
  const rest = write('rest.yaml', Yaml.stringify(...others));
  expect(runWith('', 'lint', '--closed', folder).out).toContain('of 2 files');
  expect(runWith('', 'lint', join(folder, 'a'), rest)).toMatchObject({ status: 0, out: expect.stringContaining('of 2 files') });
});

test('a file that is named twice is read once', () => {
  const file = write('set.yaml', SET);
  expect(runWith('', 'lint', file, file, folder).out).toContain('of 1 file\n');
});

test('fails with the place, the line of the file, the cause, the fix and what users see', () => {
  const file = write('set.yaml', WRONG_PORT);
  const { status, out } = runWith('', 'lint', file);
  const line = lineOf(WRONG_PORT, 'number: 9003');
  expect(status).toBe(1);
  expect(out).toContain(`InferencePool models/llama  ${file}\n`);
  expect(out).toMatch(new RegExp(`${file}:${line}:\\d+: error IGW1203 spec.endpointPickerRef.port.number is 9003: .*allowed: 9002; .*9002`));
  expect(out).toMatch(new RegExp(`\n {6}${line} \\| .*number: 9003\n {6} *\\| +\\^\n`));
  expect(out).toMatch(/Every request to the model answers 500/);
  expect(out).toContain('1 error, 0 warnings in ');
  expect(out).toContain('`inference-gateway explain CODE` says more');
});

test('colours are used when asked for, or when somebody looks', () => {
  const file = write('set.yaml', WRONG_PORT);
  const escape = '\u001b[31m';
  expect(runWith('', 'lint', file).out).not.toContain(escape);
  expect(runWith('', 'lint', '--color', file).out).toContain(escape);
  const out: string[] = [];
  const terminal = { in: () => Buffer.alloc(0), out: (text: string) => out.push(text), err: () => {}, colour: true };
  run(['lint', file], terminal);
  run(['lint', '--no-color', file], terminal);
  expect(out.map((text) => text.includes(escape))).toEqual([true, false]);
});

describe('what cannot be read', () => {
  test('fails with file, line and column; other documents and files are still checked', () => {
    const broken = write('broken.yaml', `kind: A\n---\na: 1\nb: [\n---\n${WRONG_PORT}`);
    const bytes = write('bytes.yaml', Buffer.from([0xc3, 0x28]));
    const { status, out } = runWith('', 'lint', folder);
    expect(status).toBe(1);
    expect(out).toMatch(new RegExp(`${broken}:5:1: error IGW1910 .*at line 5, column 1; correct the file`));
    expect(out).toContain(`${bytes}: error IGW1910 is not text in UTF-8; save it as UTF-8`);
    expect(out).toContain('IGW1203');
  });

  test.each<[string, string, RegExp]>([
    ['an alias of itself', 'a: &a [*a]', /An alias refers to itself/],
    ['aliases that multiply', `a: &a [x]\nb: &b [${Array(50).fill('*a').join(',')}]\nc: &c [${Array(50).fill('*b').join(',')}]\nd: [${Array(50).fill('*c').join(',')}]`, /Excessive alias count/],
    ['a key twice', 'kind: A\nkind: B', /Map keys must be unique at line 2, column 1/],
    ['a list', '- 1', /is a list, not an object/],
    ['a text', 'hello', /is string, not an object/],
    ['a tab', '\ta: 1', /at line 1/],
  ])('fails for %s', (_, text, message) => {
    const { status, out } = runWith(text, 'lint', '-');
    expect(out).toMatch(message);
    expect([status, out.includes('IGW1910')]).toEqual([1, true]);
  });

  test('fails at once for a file of 50 MB', () => {
    const file = write('large.yaml', Buffer.alloc(50 * 2 ** 20, 'a'));
    expect(runWith('', 'lint', file)).toMatchObject({ status: 1, out: expect.stringContaining('has 50 MiB, and at most 32 MiB are read; split it into several files') });
  });

  test('fails for a path that is not there, and with status 2 where there is nothing to check', () => {
    expect(runWith('', 'lint', join(folder, 'nowhere'))).toMatchObject({ status: 1, out: expect.stringContaining('is not a file or a folder; correct the path') });
    expect(runWith('# nothing\n', 'lint', '-')).toEqual({ status: 2, out: '', err: '-: holds no Kubernetes object, so there is nothing to check\n' });
  });
});

describe('formats', () => {
  test('json has everything that is known of a finding', () => {
    const file = write('set.yaml', WRONG_PORT);
    const { status, out } = runWith('', 'lint', '--format', 'json', file);
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      summary: { files: 1, error: 1, warning: 0, info: 0, muted: 0 },
      findings: [{
        code: 'IGW1203', severity: 'error', object: { kind: 'InferencePool', namespace: 'models', name: 'llama' },
        field: 'spec.endpointPickerRef.port.number', value: 9003, allowed: '9002', file, line: lineOf(WRONG_PORT, 'number: 9003'),
        problem: expect.any(String), fix: expect.any(String), symptom: expect.any(String), breaks: expect.any(String), source: expect.any(String),
      }],
      unread: [],
    });
  });

  test('github has a workflow command for each finding, with what is special in it escaped', () => {
    const file = write('a,b.yaml', WRONG_PORT);
    expect(runWith('', 'lint', '--format', 'github', file).out).toMatch(
      new RegExp(`^::error file=${file.replace(',', '%2C')},line=\\d+,col=\\d+,title=IGW1203::InferencePool models/llama: spec.endpointPickerRef.port.number is 9003: [^\n]*\n$`),
    );
    expect(runWith('a: [', 'lint', '--format', 'github', '-').out).toMatch(/^::error file=standard input,line=1,col=5,title=IGW1910::/);
  });

  test('sarif names the rules and the places', () => {
    const file = write('a b.yaml', WRONG_PORT);
    const { runs: [report], version } = JSON.parse(runWith('', 'lint', '--format', 'sarif', file).out);
    expect(version).toBe('2.1.0');
    expect(report.tool.driver.semanticVersion).toBe('1.2.3');
    expect(report.tool.driver.rules.map(({ id }: any) => id)).toEqual([...allRules().map(({ code }) => code), 'IGW1910'].sort());
    const [result] = report.results;
    expect(report.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
    expect(result).toMatchObject({ ruleId: 'IGW1203', level: 'error', message: { text: expect.stringContaining('9003') } });
    expect(result.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: expect.stringMatching(/\/a%20b\.yaml$/) }, region: { startLine: lineOf(WRONG_PORT, 'number: 9003') },
    });
  });

  test('sarif has what is muted, with the reason', () => {
    const muted = WRONG_PORT.replace('kind: InferencePool\nmetadata:\n', 'kind: InferencePool\nmetadata:\n  annotations:\n    inference-gateway.cdk8s.io/ignore: IGW1203=on purpose\n');
    const { status, out } = runWith(muted, 'lint', '--format', 'sarif', '-');
    expect(status).toBe(0);
    expect(JSON.parse(out).runs[0].results).toEqual([expect.objectContaining({ ruleId: 'IGW1203', suppressions: [{ kind: 'inSource', justification: 'on purpose' }] })]);
    expect(runWith(muted, 'lint', '-').out).toContain('0 errors, 0 warnings in ');
    expect(runWith(muted, 'lint', '-').out).toContain('; 1 muted');
  });

  test('fails for a format that is none', () => {
    expect(runWith('', 'lint', '--format', 'xml', '-')).toMatchObject({ status: 2, err: expect.stringContaining('Allowed choices are text, json, sarif, github') });
  });
});

describe('options', () => {
  const withoutGateway = Yaml.stringify(...workingSet().filter(({ kind }) => kind !== 'Gateway'));

  test('what is not in the input may be in the cluster, unless the input is closed', () => {
    expect(runWith(withoutGateway, 'lint', '-').status).toBe(0);
    expect(runWith(withoutGateway, 'lint', '--closed', '-').status).toBe(1);
  });

  test('warnings fail when there are more than allowed', () => {
    const objects = workingSet({ models: ['llama'] }, ['Gateway gateway/inference-gateway', ({ spec }) => { spec.gatewayClassName = 'istoi'; }]);
    const text = Yaml.stringify(...objects);
    const { status, out } = runWith(text, 'lint', '-');
    const warnings = Number(/(\d+) warning/.exec(out)![1]);
    expect(status).toBe(0);
    expect(warnings).toBeGreaterThan(0);
    expect(runWith(text, 'lint', '--max-warnings', `${warnings}`, '-').status).toBe(0);
    expect(runWith(text, 'lint', '--max-warnings', `${warnings - 1}`, '-').status).toBe(1);
  });

  test('the runtime of pickers can be told', () => {
    const text = Yaml.stringify(...workingSet({ models: ['llama'] }, ['Deployment models/llama-epp', ({ spec }) => {
      spec.template.spec.containers[0].image = 'registry.example.com/epp:mirror';
      spec.template.spec.containers[0].args.push('--drain-timeout=30s');
    }]));
    expect(runWith(text, 'lint', '--runtime', 'llm-d-router-0.10', '-').out).not.toContain('drain-timeout');
    expect(runWith(text, 'lint', '--runtime', 'gaie-1.5', '-')).toMatchObject({ status: 1, out: expect.stringContaining('drain-timeout') });
    expect(runWith(text, 'lint', '--runtime', 'gaie-9', '-')).toMatchObject({ status: 2, err: expect.stringContaining('gaie-1.5') });
  });
});

describe('explain', () => {
  test('prints the page of a rule of the graph', () => {
    expect(runWith('', 'explain', 'igw1301')).toMatchObject({ status: 0, out: expect.stringMatching(/^# IGW1301: [\s\S]*\*\*What you see\.\*\*[\s\S]*\*\*How to fix it\.\*\*/) });
  });

  test('prints what a rule of the constructs stands for', () => {
    expect(runWith('', 'explain', 'IGW103').out).toMatch(/^# IGW103: two constructs render the same object\n\n\*\*What breaks\.\*\* /);
  });

  test.each(['IGW1910', ...allRules().map(({ code }) => code)])('%s has a page', (code) => {
    expect(runWith('', 'explain', code).out).toMatch(new RegExp(`^# ${code}: `));
  });

  test.each(['IGW9999', 'constructor', '../../README'])('fails for %s, with the codes there are', (code) => {
    expect(runWith('', 'explain', code)).toMatchObject({ status: 2, out: '', err: expect.stringMatching(/is no rule; the rules are IGW101, .*IGW1301/) });
  });
});

describe('what may be a secret', () => {
  const OBJECTS: object[] = [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tokens', namespace: 'models' }, data: { token: 5551234 } },
    { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'models' }, spec: { containers: [{ name: 'c', image: 'a', env: [{ name: 'TOKEN', value: 5551234 }] }] } },
    {
      apiVersion: 'extensions.higress.io/v1alpha1', kind: 'WasmPlugin', metadata: { name: 'ai-proxy', namespace: 'higress-system' },
      spec: { url: 'oci://a/ai-proxy:1', defaultConfig: { provider: { apiToken: 'sk-5551234-abcdef' } } },
    },
  ];

  test.each(LINT_FORMATS)('is not in the report as %s, neither as a value nor as a line of the file', (format) => {
    const { out, status } = runWith(Yaml.stringify(...OBJECTS), 'lint', '--format', format, '-');
    expect(status).toBe(1);
    expect(out).toContain('IGW1705');
    expect(out.match(/IGW1801[:" \n]/g)?.length).toBeGreaterThan(1);
    expect(out).not.toContain('5551234');
  });
});

test('names neither rewrite the terminal nor begin lines of their own', () => {
  const name = 'a\u001b[31m\n::error::b\u202e';
  const set = JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'models', labels: { 'a b': '' } }, spec: { ports: [] } });
  for (const format of ['text', 'github']) {
    const { out, status } = runWith(set, 'lint', '--format', format, '-');
    expect(status).toBe(1);
    expect(out).not.toMatch(/[\u001b\u202e]/);
    expect(out.split('\n').filter((line) => line.startsWith('::error::'))).toEqual([]);
  }
});
