import { rule } from '../../../../src/graph/rules/permission/hostname-not-matched';
import { linesOf } from '../../lint';
import { gateway, listener, route } from '../../objects';

const on = (hostname: string, ...hostnames: string[]) => [gateway('a/g', [listener({ hostname })]), route('a/r', 'a/g', [], { hostnames })];

test.each([['*.example.com', 'a.example.com'], ['a.example.com', '*.example.com'], ['A.example.com', 'a.Example.com'], ['a.example.com', 'b.com', 'a.example.com']])('%s and %s', (hostname, ...hostnames) => {
  expect(linesOf(on(hostname, ...hostnames), rule)).toEqual([]);
});

test('no hostname on either side', () => {
  expect(linesOf([gateway('a/g', [listener()]), route('a/r', 'a/g', [], { hostnames: ['a.com'] })], rule)).toEqual([]);
  expect(linesOf([gateway('a/g', [listener({ hostname: 'a.com' })]), route('a/r', 'a/g')], rule)).toEqual([]);
});

test.each([['*.example.com', 'example.com'], ['a.example.com', 'b.example.com']])('fails for %s and %s', (hostname, other) => {
  expect(linesOf(on(hostname, other), rule)).toEqual([
    `error HTTPRoute a/r: IGW1103 spec.hostnames is ["${other}"]: has nothing in common with the hostnames of Gateway a/g: no request reaches the route; allowed: ${hostname}; `
    + 'use a hostname of the listener, give the listener this one, or leave hostnames out to take those of the listener',
  ]);
});
