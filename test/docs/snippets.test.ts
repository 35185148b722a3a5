import { parsePage } from '../../scripts/docs/markdown';
import { readPages } from '../../scripts/docs/pages';
import { snippetsOf, typeErrors } from '../../scripts/docs/snippets';

const SLOW = 60_000;

function pageOf(...lines: string[]) {
  return parsePage('page.md', lines.join('\n'));
}

test('a snippet starts after the preamble, with every name imported', () => {
  const page = pageOf('```ts preamble', 'const app = new App();', '```', '', '```ts', "new Chart(app, 'chart');", '```');
  expect(snippetsOf([page]).map(({ program }) => program.split('\n').slice(2))).toEqual([
    ['', '{', 'const app = new App();', '}', 'export {};', ''],
    ['const app = new App();', '{', "new Chart(app, 'chart');", '}', 'export {};', ''],
  ]);
});

test('a block that imports is a program of its own', () => {
  const page = pageOf('```ts', "import { App } from 'cdk8s';", 'new App();', '```');
  expect(snippetsOf([page]).map(({ program }) => program)).toEqual(["import { App } from 'cdk8s';\nnew App();"]);
});

test('every snippet of the pages compiles', () => {
  const snippets = snippetsOf(readPages());
  expect(snippets.length).toBeGreaterThan(0);
  expect(typeErrors(snippets)).toEqual([]);
}, SLOW);

test('fails with file and line', () => {
  const page = pageOf(
    'text', '```ts', 'const app = new App();', 'new Chart(app, 1);', '```',
    '```ts', "import { Missing } from 'cdk8s-inference-gateway';", '```',
  );
  expect(typeErrors(snippetsOf([page]))).toEqual([
    "page.md:4: Argument of type 'number' is not assignable to parameter of type 'string'.",
    "page.md:7: Module '\"cdk8s-inference-gateway\"' has no exported member 'Missing'.",
  ]);
}, SLOW);
