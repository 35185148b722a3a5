export * from './allowed-routes';
export * from './body-based-router';
export * from './certificate-ref';
export * from './gateway-capabilities';
export * from './gateway-implementation';
export * from './gateway-listener';
export * from './inference-gateway';
