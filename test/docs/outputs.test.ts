import { Page, parsePage } from '../../scripts/docs/markdown';
import { fillInAll } from '../../scripts/docs/outputs';

const PREAMBLE = ['```ts preamble', 'const app = new App();', "const chart = new Chart(app, 'chart', { namespace: 'team' });", '```'];
const GRANT = "new ReferenceGrant(chart, 'grant', { from: [GrantSource.httpRoutes('other')], to: [GrantTarget.service('x')] });";

function pageOf(...lines: string[]): Page {
  return parsePage('page.md', [...PREAMBLE, ...lines].join('\n'));
}

/** What stands between the markers of the only output. */
function filled(request: string, ...before: string[]): string[] {
  const text = fillInAll([pageOf(...before, `<!-- output: ${request} -->`, 'old', '<!-- end -->')]).get('page.md')!;
  return text.split('\n').slice(PREAMBLE.length + before.length + 1, -1).filter(Boolean);
}

test('an output lists the objects of the snippet before it', () => {
  expect(filled('objects', '```ts', GRANT, '```')).toEqual(['| kind | namespace | name |', '| --- | --- | --- |', '| ReferenceGrant | team | grant |']);
});

test('an output shows a part of an object', () => {
  expect(filled('yaml ReferenceGrant/grant spec.to.0.name', '```ts', GRANT, '```')).toEqual(['```yaml', 'spec:', '  to:', '    - name: x', '```']);
});

test('an output shows the message of a snippet that fails', () => {
  expect(filled('error', '```ts', "throw new Error('no');", '```')).toEqual(['```text', 'no', '```']);
});

test('an output shows what a snippet warns of', () => {
  expect(filled('warnings', '```ts', "process.stderr.write('careful\\n');", '```')).toEqual(['```text', 'careful', '```']);
});

test('an output shows what the command answers', () => {
  expect(filled('expand models.yaml', '```yaml', 'kind: 1', '```').join('\n')).toMatch(/^```text\nmodels.yaml: .*\n {2}IGW601 /);
});

test('a page without outputs is left alone, and a snippet marked no-run is not run', () => {
  expect(fillInAll([pageOf('```ts no-run', "throw new Error('no');", '```')])).toEqual(new Map());
});

test('fails with page and line', () => {
  expect(() => fillInAll([pageOf('```ts', "throw new Error('no');", '```')])).toThrow('page.md:6: no');
  expect(() => filled('error', '```ts', 'void 0;', '```')).toThrow('page.md:8: the block before it does not fail');
  expect(() => filled('yaml Secret/x', '```ts', GRANT, '```')).toThrow('page.md:8: there is no Secret/x');
  expect(() => filled('nonsense')).toThrow('page.md:5: the output nonsense is not known');
  expect(() => filled('table nonsense')).toThrow('page.md:5: the table nonsense is not known');
  expect(() => pageOf('<!-- output: objects -->')).toThrow('page.md:5: the output has no <!-- end -->');
  expect(() => pageOf('```ts')).toThrow('page.md:5: the code block has no end');
});
