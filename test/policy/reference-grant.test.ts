import { referenceGrantManifest } from '../../src/policy';

test('the smallest grant lets one kind of a namespace refer to one object', () => {
  expect(referenceGrantManifest({
    name: 'grant',
    namespace: 'models',
    from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team-a' }],
    to: [{ group: '', kind: 'Service', name: 'server' }],
  })).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { name: 'grant', namespace: 'models' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'team-a' }],
      to: [{ group: '', kind: 'Service', name: 'server' }],
    },
  });
});

test('without a name every object of the kind is granted', () => {
  const { spec } = referenceGrantManifest({
    name: 'grant',
    namespace: 'models',
    from: ['a', 'b'].map((namespace) => ({ group: 'g', kind: 'K', namespace })),
    to: [{ group: '', kind: 'Secret' }, { group: '', kind: 'Secret', name: 'one' }],
  }) as any;
  expect(spec.from.map(({ namespace }: any) => namespace)).toEqual(['a', 'b']);
  expect(spec.to).toEqual([{ group: '', kind: 'Secret' }, { group: '', kind: 'Secret', name: 'one' }]);
});
