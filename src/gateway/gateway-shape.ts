import type { Shape } from '../core';

const SELECTOR: Shape = {
  fields: {
    matchLabels: { map: 'text' },
    matchExpressions: { list: { fields: { key: 'text', operator: 'text', values: { list: 'text' } } } },
  },
};

/** `spec` of a Gateway, as far as it is looked at. */
export const GATEWAY_SHAPE: Shape = {
  fields: {
    gatewayClassName: 'text',
    listeners: {
      list: {
        fields: {
          name: 'text',
          port: 'number',
          protocol: 'text',
          hostname: 'text',
          allowedRoutes: { fields: { namespaces: { fields: { from: 'text', selector: SELECTOR } } } },
        },
      },
    },
  },
};
