import { rule } from '../../../../src/graph/rules/models/path-not-served';
import { server } from '../../changes';
import { linesOf } from '../../lint';
import { Change, edit, workingSet } from '../../working-set';

const path = (type: string, value: string, filters?: object[]): Change => ['HTTPRoute models/llama', ({ spec: { rules: [one] } }) => {
  one.matches[0].path = { type, value };
  if (filters) one.filters = filters;
}];
const lines = (...changes: Change[]) => linesOf(workingSet({}, ...changes), rule);

test('paths that model servers have', () => {
  expect(lines()).toEqual([]);
  for (const value of ['/', '/v1', '/v1/chat/completions', '/health']) expect(lines(path('PathPrefix', value))).toEqual([]);
  expect(lines(path('Exact', '/v1/models'))).toEqual([]);
  expect(lines(path('RegularExpression', '/llama/.*'))).toEqual([]);
});

test('a path that is cut off, or that the server has as its root', () => {
  const rewrite = { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } };
  expect(lines(path('PathPrefix', '/llama', [rewrite]))).toEqual([]);
  expect(lines(path('PathPrefix', '/llama'), server(({ args }) => { args.push('--root-path=/llama'); }))).toEqual([]);
  expect(linesOf(edit(workingSet({}, path('PathPrefix', '/llama')), ['Deployment models/llama', null]), rule)).toEqual([]);
});

test('fails softly for a path of its own, and for the root alone', () => {
  expect(lines(path('PathPrefix', '/llama'))).toEqual([
    'warning HTTPRoute models/llama: IGW1409 spec.rules[0].matches[0].path is "PathPrefix /llama": is a path that model servers do not answer on: requests for /v1/chat/completions do not match, '
    + 'and those that match answer 404; allowed: PathPrefix /, PathPrefix /v1; match on PathPrefix /, or add a filter URLRewrite that replaces the prefix',
  ]);
  expect(lines(path('Exact', '/'))).toEqual([expect.stringContaining('is "Exact /"')]);
});
