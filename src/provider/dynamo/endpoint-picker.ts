import type { ModelPlan } from '../../plan';
import { endpointPickerImage } from './images';
import { shorthandsOf } from './shorthands';

const ROLE_LABEL = 'nvidia.com/dynamo-sub-component-type';
const HANDLER = { type: 'disagg-profile-handler' };
const PICKER = { name: 'picker', type: 'max-score-picker' };

/** The endpoint picker of Dynamo's own InferencePool. Disaggregated, it picks prefill and decode workers apart. */
export function endpointPicker(plan: ModelPlan): object {
  const disaggregated = plan.mode === 'disaggregated';
  return {
    componentType: 'epp',
    replicas: 1,
    extraPodSpec: {
      mainContainer: {
        image: shorthandsOf(plan).epp?.image || endpointPickerImage(),
        // The same switch twice: newer runtimes read the second, with the opposite meaning.
        env: [
          { name: 'DYN_DECODE_FALLBACK', value: String(!disaggregated) },
          { name: 'DYN_ENFORCE_DISAGG', value: String(disaggregated) },
        ],
      },
    },
    eppConfig: { config: disaggregated ? disaggregatedConfig() : aggregatedConfig() },
  };
}

function aggregatedConfig(): object {
  // Aggregated workers carry no role label.
  return { plugins: [HANDLER, filter('decode', true), PICKER, scorer('decode')], schedulingProfiles: [profile('decode')] };
}

function disaggregatedConfig(): object {
  return {
    plugins: [HANDLER, filter('prefill', false), filter('decode', false), PICKER, scorer('prefill'), scorer('decode')],
    schedulingProfiles: [profile('prefill'), profile('decode')],
  };
}

function filter(role: string, allowsNoLabel: boolean): object {
  return { name: `${role}-filter`, type: 'label-filter', parameters: { label: ROLE_LABEL, validValues: [role], allowsNoLabel } };
}

function scorer(role: string): object {
  return { name: `dyn-${role}`, type: `dyn-${role}-scorer` };
}

function profile(role: string): object {
  return { name: role, plugins: [`${role}-filter`, `dyn-${role}`, 'picker'].map((pluginRef) => ({ pluginRef, weight: 1 })) };
}
