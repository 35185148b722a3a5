import type { AcceptedDifference } from '../parity/accepted-differences';

/** Where Ownership.GITOPS and a running initialiser part, on purpose. */
export const ACCEPTED_DIFFERENCES: readonly AcceptedDifference[] = [
  {
    name: 'labels-of-others',
    why: 'Labels and annotations that others put on an object are not in Git; applying leaves them alone.',
    goldens: /(^|-)j-/,
    line: /: metadata\.(labels|annotations)(\.\S+)?: expected .*, got absent$/,
  },
  {
    name: 'created-once',
    why: 'Of ai-proxy and model-mapper the initialiser refreshes nothing but the URL and checksum, so changes by hand stay. Git says the '
      + 'whole, but for what Ownership.SHARED leaves to the server.',
    goldens: /(^|-)j-createonly/,
    line: /^WasmPlugin\.\S+ \S+\/gpustack-(ai-proxy|model-mapper): spec\./,
  },
  {
    name: 'written-at-run-time',
    why: 'Keys, public routes and aliases are written by the running server. Ownership.SHARED leaves them out; Ownership.GITOPS says that there are none.',
    goldens: /^j-(ext-auth|router)$/,
    line: /^WasmPlugin\.\S+ \S+\/gpustack-(llm-ext-auth|model-router): spec\.(matchRules|defaultConfig\.(local_auth\.(keys|refs)|aliasNameMapping|maxBodyBytes))/,
  },
  {
    name: 'registry-of-the-server',
    why: 'The initialiser corrects four fields of a registry that is there, and keeps its place and its other fields, such as a proxy. Here the '
      + "registry is the release's own, after the others.",
    goldens: /^j-mcpbridge-stale$/,
    line: /^McpBridge\.\S+ \S+\/default: spec\.registries\[[12]\]/,
  },
  {
    name: 'ipv6',
    why: 'GPUStack writes an IPv6 address and a port without brackets, 2001:db8::1:30080, which Higress cannot read; here they are [2001:db8::1]:30080.',
    line: /(spec\.registries\[\d+\]\.domain|spec\.url): expected "?(http:\/\/)?[0-9a-f]*:[0-9a-f:]*:\d+[/"].*\[[0-9a-f:]+\]/,
  },
  {
    name: 'remote-gateway',
    why: 'GPUStack leads to `cluster-gateway`, the gateway of another cluster, and never writes its registry, so these routes answer 503. Here it is there.',
    goldens: /^route-remote/,
    line: /^McpBridge\.\S+ \S+\/default: spec\.registries.*cluster-gateway/,
  },
  {
    name: 'left-behind',
    why: 'The initialiser deletes nothing: after an upgrade from the reference, its transformer of generic routes stays active at priority 905. '
      + 'Pruning deletes it where it was in Git.',
    goldens: /^upgrade-seed-to-head/,
    line: /^missing WasmPlugin\.\S+ \S+\/gpustack-generic-route-transformer/,
  },
];

/** Goldens that show what the initialiser would do with input that GPUStack, or a gateway, does not take. */
export const REFUSED_HERE: Readonly<Record<string, string>> = {
  'seed-worker-embedded': "A worker has no embedded gateway (IGW730). GPUStack's own configuration refuses it too; the objects are those of the initialiser, called by itself.",
  'worker-embedded': "A worker has no embedded gateway (IGW730). GPUStack's own configuration refuses it too; the objects are those of the initialiser, called by itself.",
};

/** Goldens where the state of the cluster, not the input, made the initialiser fail. */
export const DECIDED_BY_CLUSTER: Readonly<Record<string, string>> = {
  'embedded-no-higress-config': 'The ConfigMap `higress-config` was missing, so the initialiser stopped after the McpBridge.',
  'embedded-no-kubeconfig': 'The kubeconfig file of the gateway was missing.',
  'seed-embedded-no-kubeconfig': 'The kubeconfig file of the gateway was missing.',
};

/** Goldens that are no sets of objects; tests look at them. */
export const LOOKED_AT_BY_TESTS: readonly RegExp[] = [/gitops-experiments$/, /transform-header$/];
