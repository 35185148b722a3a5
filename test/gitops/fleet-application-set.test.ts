import { FleetApplicationSet, FleetApplicationSetProps } from '../../src/gitops';
import { chartsOf, objectOf } from '../synth';

function render(props: Partial<FleetApplicationSetProps> = {}): any {
  const [chart] = chartsOf('argocd');
  new FleetApplicationSet(chart, 'models', { repoUrl: 'https://git.example.com/models.git', path: 'clusters/*', ...props });
  return objectOf(chart, 'ApplicationSet');
}

test('the smallest set', () => {
  expect(render()).toEqual({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ApplicationSet',
    metadata: { name: 'models', namespace: 'argocd' },
    spec: {
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ git: { repoURL: 'https://git.example.com/models.git', revision: 'HEAD', directories: [{ path: 'clusters/*' }] } }],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: 'models-{{.path.basenameNormalized}}' },
        spec: {
          project: 'default',
          source: { repoURL: 'https://git.example.com/models.git', targetRevision: 'HEAD', path: '{{.path.path}}', directory: { recurse: true } },
          destination: { name: '{{.path.basename}}' },
          syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true'] },
        },
      },
    },
  });
});

test('everything else', () => {
  const { metadata, spec } = render({
    name: 'other', namespace: 'gitops', revision: 'v1', exclude: ['clusters/test'], destinationName: 'in-cluster', applicationNamePrefix: 'llm.', project: 'llm',
    prune: false, preserveOnDeletion: false, syncOptions: [],
  });
  expect(metadata).toEqual({ name: 'other', namespace: 'gitops' });
  expect(spec.generators[0].git.directories).toEqual([{ path: 'clusters/*' }, { path: 'clusters/test', exclude: true }]);
  expect(spec.syncPolicy).toEqual({ preserveResourcesOnDeletion: false });
  expect(spec.template.metadata.name).toBe('llm.{{.path.basenameNormalized}}');
  expect(spec.template.spec).toMatchObject({
    project: 'llm', source: { targetRevision: 'v1' }, destination: { name: 'in-cluster' }, syncPolicy: { automated: { prune: false, selfHeal: true } },
  });
  expect(render({ automated: false }).spec.template.spec.syncPolicy).not.toHaveProperty('automated');
});

test.each<[Partial<FleetApplicationSetProps>, RegExp]>([
  [{ repoUrl: 'models' }, /IGW807 repoUrl is "models": is no address of a repository; allowed: https/],
  [{ path: '/clusters/*' }, /IGW807 path is "\/clusters\/\*": is no path of folders.*clusters\/\* for example/],
  [{ path: 'a/../b' }, /IGW807 path/],
  [{ exclude: ['x/'] }, /IGW807 exclude\[0\] is "x\/"/],
  [{ name: 'A' }, /IGW101 metadata\.name is "A"/],
  [{ applicationNamePrefix: '-x' }, /IGW101 applicationNamePrefix is "-x"/],
])('fails for %j', (props, message) => {
  expect(() => render(props)).toThrow(message);
});
