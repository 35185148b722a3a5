import { dynamo } from '../../src/provider/dynamo';
import { CACHE, containerOf, kinds, messages, plan, Spec, worker } from './dynamo-fixtures';

test('the smallest model has no storage', () => {
  expect(kinds(dynamo.render(plan()))).toEqual(['DynamoGraphDeployment qwen3']);
});

describe('storage', () => {
  test('the graph comes first, then claims, then the download', () => {
    const manifests = dynamo.render(plan(CACHE));
    expect(kinds(manifests)).toEqual(['DynamoGraphDeployment qwen3', 'PersistentVolumeClaim qwen3-cache', 'Job qwen3-model-download']);
    expect(manifests[1]).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'qwen3-cache',
        namespace: 'team-a',
        labels: { 'airunway.ai/managed-by': 'airunway', 'airunway.ai/model-deployment': 'qwen3' },
      },
      spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '5Gi' } } },
    });
  });

  test('the graph refers to claims by name and mounts them in workers', () => {
    const volumes = [
      { name: 'cache', purpose: 'modelCache' as const, size: '5Gi' },
      { name: 'comp', purpose: 'compilationCache' as const, claimName: 'shared-comp' },
      { name: 'data', claimName: 'my-data', mountPath: '/data', readOnly: true },
    ];
    const [graph] = dynamo.render(plan({ model: { storage: { volumes } } }));
    expect(graph.spec).toMatchObject({
      pvcs: [{ name: 'qwen3-cache', create: false }, { name: 'shared-comp', create: false }, { name: 'my-data', create: false }],
      services: {
        VllmWorker: {
          volumeMounts: [
            { name: 'qwen3-cache', mountPoint: '/model-cache' },
            { name: 'shared-comp', mountPoint: '/compilation-cache', useAsCompilationCache: true },
            { name: 'my-data', mountPoint: '/data', readOnly: true },
          ],
          extraPodSpec: { mainContainer: { env: [{ name: 'HF_HOME', value: '/model-cache' }] } },
        },
      },
    });
    expect((graph.spec as any).services.Epp).not.toHaveProperty('volumeMounts');
  });

  test('only a volume with a size gets a claim; no class and an empty class differ', () => {
    const volumes = [{ name: 'a', claimName: 'there', mountPath: '/a' }, { name: 'b', size: '1Gi', storageClassName: '', mountPath: '/b' }];
    const [, ...others] = dynamo.render(plan({ model: { storage: { volumes } } }));
    expect(kinds(others)).toEqual(['PersistentVolumeClaim qwen3-b']);
    expect(others[0].spec).toHaveProperty('storageClassName', '');
  });

  test.each([
    ['1024Mi', '1Gi'], ['1536Mi', '1536Mi'], ['0.5Gi', '512Mi'], ['2048', '2048'], ['1000000k', '1G'], ['1.5G', '1500M'],
    ['1e11', '100e9'], ['3E', '3E'], ['1500M', '1500M'], ['1.25Ti', '1280Gi'], ['1Ki', '1Ki'], ['1.5', '1500m'], ['0.5Ki', '512'],
    ['0.0001Gi', '107374182400u'], ['+2Gi', '2Gi'], ['.5G', '500M'],
  ])('a claim of %s asks for %s, as the API server stores it', (size, stored) => {
    const [, claim] = dynamo.render(plan({ model: { storage: { volumes: [{ name: 'a', size, mountPath: '/a' }] } } }));
    expect(claim.spec).toHaveProperty('resources.requests.storage', stored);
  });

  test('the Job downloads into the cache with the token', () => {
    const [,, job] = dynamo.render(plan({ ...CACHE, secrets: { huggingFaceToken: 'hf' } }));
    expect(job.metadata.labels).toHaveProperty(['airunway.ai/job-type'], 'model-download');
    expect(job.spec).toMatchObject({ backoffLimit: 6, completions: 1, parallelism: 1 });
    expect((job.spec as any).template.spec).toMatchObject({
      restartPolicy: 'Never',
      containers: [{
        name: 'model-download',
        args: ['download', 'Qwen/Qwen3-0.6B'],
        env: [{ name: 'HF_HOME', value: '/model-cache' }],
        envFrom: [{ secretRef: { name: 'hf' } }],
        volumeMounts: [{ name: 'model-cache', mountPath: '/model-cache' }],
      }],
      volumes: [{ name: 'model-cache', persistentVolumeClaim: { claimName: 'qwen3-cache' } }],
    });
  });

  test.each<[string, Spec]>([
    ['a read-only cache', { model: { storage: { volumes: [{ name: 'c', purpose: 'modelCache', claimName: 'c', readOnly: true }] } } }],
    ['a custom source', { model: { ...CACHE.model, source: 'custom' } }],
    ['no cache', { model: { storage: { volumes: [{ name: 'a', size: '1Gi', mountPath: '/a' }] } } }],
  ])('%s needs no download', (_, input) => {
    expect(dynamo.render(plan(input)).some(({ kind }) => kind === 'Job')).toBe(false);
  });

  test('HF_HOME in env keeps the cache unset, and it says so', () => {
    const input: Spec = { ...CACHE, env: [{ name: 'HF_HOME', value: '/x' }] };
    expect(containerOf(worker(input))).not.toHaveProperty('env');
    expect(messages(dynamo.notices(plan(input)))).toContainEqual(expect.stringMatching(/HF_HOME.*workers download the model again/));
  });
});
