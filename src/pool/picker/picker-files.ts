export const CONFIG_FILE = 'default-plugins.yaml';
export const CONFIG_DIRECTORY = '/config';
export const CERTIFICATE_DIRECTORY = '/certs';
