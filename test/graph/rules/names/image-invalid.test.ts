import { rule } from '../../../../src/graph/rules/names/image-invalid';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const pod = (image: unknown, field = 'containers') => [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'a' }, spec: { containers: [], [field]: [{ name: 'c', image }] } }];

test('the images of a working set', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test.each([
  'nginx', 'nginx:1', 'vllm/vllm-openai:v0.11.0', 'localhost:5000/a', 'registry.k8s.io/a-b/c_d/e__f/g.h/i--j:V1_x.y-z', '[::1]:5000/a/b',
  `ghcr.io/a/b:1@sha256:${'0123456789abcdef'.repeat(4)}`, 'Registry/a', 'host:8080/a:b', 'a:_',
])('%s is an image', (image) => {
  expect(linesOf(pod(image), rule)).toEqual([]);
});

test.each(['', '${IMAGE}', '{{ .Values.image }}:', '<image>', 'IMAGE', 'acme/IMAGE_NAME:TAG', 'ko://github.com/Acme/app', '$(IMAGE):x', undefined, 7])('%s is filled in later, or said elsewhere', (image) => {
  expect(linesOf(pod(image), rule)).toEqual([]);
});

test('fails for capital letters', () => {
  expect(linesOf(pod('ghcr.io/Acme/vllm:v1'), rule)).toEqual([
    'error Pod a/p: IGW1025 spec.containers[0].image is "ghcr.io/Acme/vllm:v1": has capital letters in Acme, and a repository has none: the pods stay in InvalidImageName; write acme',
  ]);
});

test.each([
  ['Llama', 'has capital letters in Llama'],
  ['nginx:', 'ends with a colon and has no tag: the pods stay in InvalidImageName; write the tag, or nginx'],
  ['localhost:5000/a:', 'write the tag, or localhost:5000/a'],
  [' nginx', 'has blanks in it: the pods stay in InvalidImageName; write nginx, for example'],
  ['nginx :1', 'has blanks in it'],
  ['docker://nginx', 'begins with docker://, and an image has no scheme: the pods stay in InvalidImageName; write nginx'],
  ['nginx:-1', 'has the tag -1, which is none'],
  ['nginx:a+b', 'has the tag a+b, which is none'],
  ['nginx@', 'has no digest after the @'],
  ['nginx@sha256:abc', 'has no digest after the @'],
  ['a@b@c', 'has no digest after the @'],
  ['my_host.com/a', 'has the registry my_host.com, which is no host'],
  ['a//b', 'has a slash with nothing before or after it'],
  ['a/b/', 'has a slash with nothing before or after it'],
  ['-a', 'has -a in its repository, which is no name'],
  [`a${'-'.repeat(2000)}`, 'has 2001 characters'],
])('fails for %j', (image, message) => {
  expect(linesOf(pod(image), rule)).toEqual([expect.stringContaining(message)]);
  expect(linesOf(pod(image, 'initContainers'), rule)).toEqual([expect.stringContaining('spec.initContainers[0].image')]);
});
