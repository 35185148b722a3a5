import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../src/policy';

test('the smallest pod of the restricted profile runs as another user than root, under the default seccomp profile', () => {
  expect(RESTRICTED_POD).toEqual({
    securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
  });
});

test('its containers can neither gain rights nor write to their image', () => {
  expect(RESTRICTED_CONTAINER).toEqual({
    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
  });
});
