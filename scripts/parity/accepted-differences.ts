import type { ModelRenderingOptions } from '../../src';

/** A difference from what the live controllers create that is on purpose. */
export interface AcceptedDifference {
  readonly name: string;
  /** The trap of facts or the decision it answers, and why ours is better. */
  readonly why: string;
  /** Goldens it may appear in; all when absent. */
  readonly goldens?: RegExp;
  /** The line of the comparison. */
  readonly line: RegExp;
}

const EPP = /^Deployment\.apps \S+-epp: spec\.template\.spec/.source;

export const ACCEPTED_DIFFERENCES: readonly AcceptedDifference[] = [
  {
    name: 'pool-label-on-template',
    why: 'Trap 1: the pool selects pods by a label that the live controllers put on running pods only; the template carries it here.',
    line: /^Deployment\.apps \S+: spec\.template\.metadata\.labels\.airunway\.ai\/model-deployment: expected (absent|"x"), got "/,
  },
  {
    name: 'restricted-endpoint-picker',
    why: 'Endpoint picker pods meet the Pod Security "restricted" profile and request what they need; none of it touches serving.',
    line: new RegExp(`${EPP}(\\.securityContext|\\.containers\\[0\\]\\.(securityContext|resources))`),
  },
  {
    name: 'zero-and-false-kept',
    why: 'Trap 2: `replicas: 0` and `enablePrefixCaching: false` are lost by the live controller on its first write.',
    goldens: /replicas0|prefix_?caching_false/,
    line: /^(Deployment|DynamoGraphDeployment|RayService)\.\S+ \S+: spec\.\S*(eplicas|args|VLLM_ENGINE_ARGS|env)/,
  },
  {
    name: 'picker-told-its-port',
    why: 'Trap 4: a picker on another port than 9002 is told so; the live controller moves everything but the process.',
    goldens: /^s02[fhi]_/,
    line: /^Deployment\.apps \S+-epp: spec\.template\.spec\.containers\[0\]\.args/,
  },
  {
    name: 'route-grant-and-rule-together',
    why: 'Trap 3: with the pool in another namespace, or one picker behind several models, the live controller fails on the owner of the DestinationRule and makes no route.',
    goldens: /^s09d_/,
    line: /^extra (DestinationRule|HTTPRoute)\./,
  },
  {
    name: 'from-all-kept',
    why: 'Trap 6: listeners that accept all namespaces, or choose them by other labels, keep doing so, and each keeps a list of its own. The live controller writes one list on all, and evicts routes.',
    goldens: /^s02b_/,
    line: /^Gateway: listeners/,
  },
  {
    name: 'grant-for-all',
    why: 'Trap 10: a ReferenceGrant that models of several namespaces share lets in all of them; with the live controller the last one wins.',
    goldens: /^s03/,
    line: /^ReferenceGrant\.\S+ \S+: spec\.from\[/,
  },
  {
    name: 'needs-of-gke',
    why: 'GKE takes no timeout on a route, and its own health check of a pool fails by default: two policies say both. The live controller is the same for all.',
    goldens: /_gke_/,
    line: /^(extra (GCPBackendPolicy|HealthCheckPolicy)\.|HTTPRoute\.\S+ \S+: spec\.rules\[0\]\.timeouts: expected \S+, got absent)/,
  },
  {
    name: 'pods-of-a-preset',
    why: 'Trap 1: KAITO labels the pods of a preset kaito.sh/workspace only. The pool selects by that, where no controller labels pods.',
    goldens: /_kaito_/,
    line: /^InferencePool\.\S+ \S+: spec\.selector\.matchLabels\.(airunway\.ai\/model-deployment: expected "|kaito\.sh\/workspace: expected absent, got ")/,
  },
  {
    name: 'port-of-the-server',
    why: 'KAITO servers listen on 5000. Without their Service in the input the live pool points at port 80 until it appears.',
    goldens: /^(s06a|s17c)_kaito/,
    line: /^InferencePool\.\S+ \S+: spec\.targetPorts\[0\]\.number: expected 80, got 5000/,
  },
  {
    name: 'route-before-the-pool',
    why: 'A route to a pool that Dynamo is about to make is harmless, and applied once; the live controller waits for the pool first.',
    goldens: /^s04a_/,
    line: /^extra HTTPRoute\./,
  },
  {
    name: 'all-at-once',
    why: 'The live controller makes the gateway objects when the model runs, which it never did there; applied together they are the same.',
    goldens: /^s10l_/,
    line: /^extra /,
  },
  {
    name: 'gateway-taken-at-its-word',
    why: 'A Gateway that is named is taken to exist; the live controller looked and did not find it.',
    goldens: /^s02g_/,
    line: /^extra /,
  },
  {
    name: 'instance-type-of-the-cluster',
    why: 'The instance type is an environment variable of the live KAITO provider; here it is a provider override.',
    goldens: /^s12_kaito_nap_/,
    line: /instanceType: expected "\S+", got absent$/,
  },
  {
    name: 'explicit-flag-once',
    why: 'Trap 12: a flag set explicitly, or its opposite with `no-`, goes before the derived one; the live providers may pass both.',
    goldens: /s12_(llmd|kuberay|dynamo|vllm)_(args|extraargs)/,
    line: /^(Deployment|RayService|DynamoGraphDeployment)\.\S+ \S+: spec\.\S*(args|env)/,
  },
  {
    name: 'token-once',
    why: 'Trap 12: HF_TOKEN appears once, from its Secret, and so do the variables of KubeRay that `env` names again.',
    goldens: /s12_(kuberay|kaito_llamacpp)_env_and_hf/,
    line: /^(RayService|Workspace)\.\S+ \S+: (spec|inference)\.\S*env/,
  },
];

/** Mistakes that a model is refused for, by their codes, where the live system makes a part of its objects. */
export const REFUSED_HERE: Readonly<Record<string, string>> = {
  IGW101: 'Trap 5: a Service name starts with a letter.',
  IGW102: 'Trap 5: the label `<name>-epp` has at most 63 characters.',
  IGW207: 'Without a name that routes could match on, the workload would run and nothing would lead to it.',
};

/** Goldens where the state of the cluster, not the input, kept anything from being created. */
export const DECIDED_BY_CLUSTER: Readonly<Record<string, string>> = {
  s00a_no_gateway_crds_enabled_true: 'The CustomResourceDefinitions of the inference extension were missing.',
  s06d_kaito_upstream_missing: "KAITO's own controller was not ready.",
  s12_vllm_default_image_unresolvable: 'The registry of the default image was not reachable.',
};

/** What only the cluster of a golden knew, by golden and model: given to the model as explicit properties. */
export const KNOWN_BY_CLUSTER: Readonly<Record<string, Record<string, ModelRenderingOptions>>> = {
  s10f_autodiscovered: { 'default/qwen3': { discoveredModelName: 'baked-in-name' } },
  s12_vllm_default_image: { 'default/qwen3': { resolvedImage: `vllm/vllm-openai@sha256:${'a'.repeat(64)}` } },
};
