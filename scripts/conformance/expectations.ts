/*
 * What the conformance suites say in their Go tests of the manifests, as far as it is something else than "accepted".
 */

/** An object that a test expects to be refused, wholly or in part. */
export interface Refusal {
  readonly kind: string;
  readonly name: string;
  /** Condition and reason the test asks for. */
  readonly condition: string;
}

/** An object whose fate the manifests do not tell. */
export interface Undecidable {
  readonly kind: string;
  readonly name: string;
  readonly condition: string;
  readonly why: string;
}

export interface TestExpectation {
  readonly refused?: readonly Refusal[];
  readonly undecidable?: readonly Undecidable[];
}

export interface Suite {
  readonly title: string;
  readonly folder: string;
  readonly base: string;
  /** What the suite creates by code, in a namespace. */
  readonly created: readonly { readonly kind: 'Secret' | 'ConfigMap'; readonly namespace: string; readonly name: string }[];
  /** Tests whose base is not among the manifests, so that what they refer to may exist. */
  readonly open: RegExp;
  readonly tests: Readonly<Record<string, TestExpectation>>;
}

const refused = (kind: string, condition: string, ...names: string[]): Refusal[] => names.map((name) => ({ kind, name, condition }));

const NOT_PERMITTED = 'ResolvedRefs=False RefNotPermitted';
const NO_PARENT = 'Accepted=False NoMatchingParent';
const NOT_ALLOWED = 'Accepted=False NotAllowedByListeners';
const NO_HOSTNAME = 'Accepted=False NoMatchingListenerHostname';
const SET_NOT_ALLOWED = 'Accepted=False NotAllowed';
const NO_CA = 'Accepted=False NoValidCACertificate';
const INFRA = 'gateway-conformance-infra';

const BY_FEATURE = 'whether a gateway ends TLS for TLSRoutes, or does so on a port that also passes TLS through, is a feature it may have or lack: the suite has a test for either';

export const GATEWAY_API: Suite = {
  title: 'Gateway API 1.5.1',
  folder: 'gateway-api',
  base: 'base-manifests.yaml',
  created: [
    ...['tls-validity-checks-certificate', 'tls-validity-checks-client-certificate', 'tls-validity-checks-per-port-client-certificate',
      'tls-passthrough-checks-certificate', 'tls-checks-certificate', 'tls-checks-client-certificate', 'tls-terminate-checks-certificate']
      .map((name) => ({ kind: 'Secret' as const, namespace: INFRA, name })),
    { kind: 'Secret', namespace: 'gateway-conformance-web-backend', name: 'certificate' },
    { kind: 'Secret', namespace: 'gateway-conformance-app-backend', name: 'tls-passthrough-checks-certificate' },
    ...['tls-validity-checks-ca-certificate', 'tls-validity-checks-per-port-ca-certificate', 'tls-checks-ca-certificate', 'mismatch-ca-certificate']
      .map((name) => ({ kind: 'ConfigMap' as const, namespace: INFRA, name })),
    { kind: 'ConfigMap', namespace: 'gateway-conformance-web-backend', name: 'web-backend-cm' },
  ],
  open: /^tests-mesh-/,
  tests: {
    'backendtlspolicy-conflict-resolution': {
      refused: refused('BackendTLSPolicy', 'Accepted=False Conflicted', 'conflicted-without-section-name-2', 'conflicted-with-section-name-2'),
    },
    'backendtlspolicy-invalid-ca-certificate-ref': { refused: refused('BackendTLSPolicy', NO_CA, 'nonexistent-ca-certificate-ref', 'malformed-ca-certificate-ref') },
    'backendtlspolicy-invalid-kind': { refused: refused('BackendTLSPolicy', NO_CA, 'invalid-kind') },
    'gateway-invalid-default-frontend-client-certificate-validation': { refused: refused('Gateway', NO_CA, 'invalid-default-client-validation-config') },
    'gateway-invalid-route-kind': {
      refused: refused('Gateway', 'ResolvedRefs=False InvalidRouteKinds', 'gateway-only-invalid-route-kind', 'gateway-supported-and-invalid-route-kind'),
    },
    'gateway-invalid-tls-backend-configuration': {
      refused: [
        ...refused('Gateway', 'ResolvedRefs=False InvalidClientCertificateRef', ...['nonexistent-secret', 'unsupported-group', 'unsupported-kind', 'malformed-secret']
          .map((end) => `gateway-client-certificate-${end}`)),
        ...refused('Gateway', NOT_PERMITTED, 'gateway-client-certificate-missing-reference-grant'),
      ],
    },
    'gateway-invalid-tls-configuration': {
      refused: refused('Gateway', 'ResolvedRefs=False InvalidCertificateRef', ...['nonexistent-secret', 'unsupported-group', 'unsupported-kind', 'malformed-secret']
        .map((end) => `gateway-certificate-${end}`)),
    },
    'gateway-secret-invalid-reference-grant': { refused: refused('Gateway', NOT_PERMITTED, 'gateway-secret-invalid-reference-grant') },
    'gateway-secret-missing-reference-grant': { refused: refused('Gateway', NOT_PERMITTED, 'gateway-secret-missing-reference-grant') },
    'gateway-static-addresses': {
      undecidable: [{
        kind: 'Gateway', name: 'gateway-static-addresses', condition: 'Accepted=False UnsupportedAddress',
        why: 'types of addresses with a domain belong to the implementation, and the addresses themselves are filled in by whoever runs the suite',
      }],
    },
    'gateway-with-attached-routes': {
      refused: [
        ...refused('HTTPRoute', NO_HOSTNAME, 'http-route-not-accepted'),
        ...refused('Gateway', 'ResolvedRefs=False', 'unresolved-gateway-with-one-attached-unresolved-route'),
        ...refused('HTTPRoute', 'ResolvedRefs=False', 'http-route-4'),
      ],
    },
    'gateway-with-invalid-clientcertificate-validation': {
      refused: [
        ...refused('Gateway', NO_CA, 'gateway-with-invalid-client-cert-validation'),
        ...refused('HTTPRoute', 'no status: its Gateway is not in the suite', 'misconfigured-client-certificate-validation-https-test'),
      ],
    },
    'httproute-disallowed-kind': { refused: refused('HTTPRoute', NOT_ALLOWED, 'disallowed-kind') },
    'httproute-hostname-intersection': { refused: refused('HTTPRoute', NO_HOSTNAME, 'no-intersecting-hosts') },
    'httproute-invalid-backendref-unknown-kind': { refused: refused('HTTPRoute', 'ResolvedRefs=False InvalidKind', 'invalid-backend-ref-unknown-kind') },
    'httproute-invalid-cross-namespace-backend-ref': { refused: refused('HTTPRoute', NOT_PERMITTED, 'invalid-cross-namespace-backend-ref') },
    'httproute-invalid-cross-namespace-parent-ref': { refused: refused('HTTPRoute', NOT_ALLOWED, 'invalid-cross-namespace-parent-ref') },
    'httproute-invalid-nonexistent-backendref': { refused: refused('HTTPRoute', 'ResolvedRefs=False BackendNotFound', 'invalid-nonexistent-backend-ref') },
    'httproute-invalid-parentref-not-matching-listener-port': { refused: refused('HTTPRoute', NO_PARENT, 'httproute-listener-not-matching-route-port') },
    'httproute-invalid-parentref-not-matching-section-name': { refused: refused('HTTPRoute', NO_PARENT, 'httproute-listener-not-matching-section-name') },
    'httproute-invalid-parentref-section-name-not-matching-port': { refused: refused('HTTPRoute', NO_PARENT, 'httproute-listener-section-name-not-matching-port') },
    'httproute-invalid-reference-grant': { refused: refused('HTTPRoute', NOT_PERMITTED, 'reference-grant') },
    'httproute-partially-invalid-via-invalid-reference-grant': { refused: refused('HTTPRoute', NOT_PERMITTED, 'invalid-reference-grant') },
    'listenerset-allowed-namespace-none': { refused: refused('ListenerSet', SET_NOT_ALLOWED, 'listenerset-not-allowed') },
    'listenerset-allowed-namespace-same': { refused: refused('ListenerSet', SET_NOT_ALLOWED, 'listenerset-in-different-namespace') },
    'listenerset-allowed-namespace-selector': { refused: refused('ListenerSet', SET_NOT_ALLOWED, 'listenerset-not-in-selected-namespace') },
    'listenerset-allowed-routes-supported-kinds': { refused: refused('ListenerSet', 'ResolvedRefs=False InvalidRouteKinds', 'listenerset-test-allowed-routes-supported-kinds') },
    'listenerset-default-not-allowed': { refused: refused('ListenerSet', SET_NOT_ALLOWED, 'listenerset-default-not-allowed') },
    'listenerset-hostname-conflict': {
      refused: refused('ListenerSet', 'Conflicted=True HostnameConflict', ...['gateway-1', 'gateway-2', 'listener-set-1', 'listener-set-2']
        .map((end) => `listenerset-with-hostname-conflict-with-${end}`)),
    },
    'listenerset-protocol-conflict': {
      refused: refused('ListenerSet', 'Conflicted=True ProtocolConflict', ...['gateway-1', 'gateway-2', 'listener-set-1', 'listener-set-2']
        .map((end) => `listenerset-with-protocol-conflict-with-${end}`)),
    },
    'listenerset-reference-grant': { refused: refused('ListenerSet', NOT_PERMITTED, 'listenerset-without-reference-grant') },
    'tlsroute-invalid-backendref-nonexistent': { refused: refused('TLSRoute', 'ResolvedRefs=False BackendNotFound', 'invalid-backend-ref-nonexistent') },
    'tlsroute-invalid-backendref-unknown-kind': { refused: refused('TLSRoute', 'ResolvedRefs=False InvalidKind', 'invalid-backend-ref-unknown-kind') },
    'tlsroute-invalid-no-matching-listener': {
      refused: [
        ...refused('TLSRoute', NOT_ALLOWED, 'tlsroute-not-allowed-protocol-http', 'tlsroute-not-allowed-protocol-https'),
        ...refused('TLSRoute', NO_PARENT, 'tlsroute-no-matching-section-name'),
      ],
    },
    'tlsroute-invalid-no-matching-listener-hostname': { refused: refused('TLSRoute', NO_HOSTNAME, 'tlsroute-hostname-mismatch-1', 'tlsroute-hostname-mismatch-2') },
    'tlsroute-invalid-reference-grant': { refused: refused('TLSRoute', NOT_PERMITTED, 'gateway-conformance-infra-test') },
    'tlsroute-listener-mixed-termination-not-supported': {
      undecidable: [{ kind: 'Gateway', name: 'gateway-tlsroute-mixed-termination-not-supported', condition: 'Accepted=False ProtocolConflict', why: BY_FEATURE }],
    },
    'tlsroute-listener-passthrough-supported-kinds': { refused: refused('Gateway', 'ResolvedRefs=False InvalidRouteKinds', 'gateway-tlsroute-passthrough-supported-kind') },
    'tlsroute-listener-terminate-not-supported': {
      undecidable: [{ kind: 'Gateway', name: 'gateway-tlsroute-terminate-unsupported', condition: 'Accepted=False UnsupportedValue', why: BY_FEATURE }],
    },
  },
};

export const INFERENCE_EXTENSION: Suite = {
  title: 'Gateway API Inference Extension 1.5.0',
  folder: 'gaie',
  base: 'resources-base.yaml',
  created: [],
  open: /(?!)/,
  tests: {
    httproute_invalid_inferencepool_ref: { refused: refused('HTTPRoute', 'ResolvedRefs=False BackendNotFound', 'httproute-to-non-existent-pool') },
    inferencepool_invalid_epp_service: { refused: refused('InferencePool', 'ResolvedRefs=False InvalidExtensionRef', 'pool-with-invalid-epp') },
  },
};
