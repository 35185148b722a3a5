import { CERTIFICATE_DIRECTORY, CONFIG_DIRECTORY, CONFIG_FILE } from './picker-files';
import { EndpointPickerPlan, PICKER_PORT } from './picker-plan';

/** Booleans are always `--flag=value`: as two arguments the value is ignored. */
export function pickerArgs(plan: EndpointPickerPlan): string[] {
  const { pool, namespace, port, replicas, flags, verbosity, tls, metricsAuth, tracing } = plan;
  const encoder = Object.hasOwn(flags, 'zap-encoder') ? [] : ['--zap-encoder', 'json'];
  return [
    '--pool-name', pool,
    '--pool-namespace', namespace,
    ...encoder,
    '--config-file', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`,
    // The live controller moves Service, pool and container port, and leaves the process on 9002.
    ...(port === PICKER_PORT ? [] : ['--grpc-port', String(port)]),
    `--tracing=${tracing !== undefined}`,
    ...(replicas > 1 ? ['--ha-enable-leader-election=true'] : []),
    ...(verbosity === undefined ? [] : [`--v=${verbosity}`]),
    ...(tls._mode === 'plaintext' ? ['--secure-serving=false'] : []),
    ...(tls._mode === 'certificate' ? [`--cert-path=${CERTIFICATE_DIRECTORY}`, `--enable-cert-reload=${tls._reload}`] : []),
    ...(metricsAuth ? [] : ['--metrics-endpoint-auth=false']),
    ...Object.entries({ ...plan.engineFlags, ...flags }).map(([name, value]) => `--${name}=${value}`),
  ];
}
