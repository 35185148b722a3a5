/** The user that upstream's images run as. */
const NONROOT = 65532;

/**
 * What makes a pod meet the Pod Security "restricted" profile (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 * The endpoint picker and the body-based router need none of what it takes away.
 */
export const RESTRICTED_POD = {
  securityContext: { runAsNonRoot: true, runAsUser: NONROOT, runAsGroup: NONROOT, seccompProfile: { type: 'RuntimeDefault' } },
};

export const RESTRICTED_CONTAINER = {
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
};
