import type { Duration } from 'cdk8s';
import { compact, Mistake } from '../../core';
import { checkSeconds, seconds, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Options of the plugin `cors`. */
export interface CorsOptions {
  /**
   * Origins that may call: `https://app.example.com`, or `*` for any.
   *
   * @default - any, when there are no patterns either
   */
  readonly allowOrigins?: string[];

  /**
   * Origins with a wildcard: `https://*.example.com`, `https://*.example.com:[8080,8443]`, `https://*.example.com:[*]`.
   *
   * @default - none
   */
  readonly allowOriginPatterns?: string[];

  /**
   * Methods that may be used, or `*`.
   *
   * @default - GET, PUT, POST, DELETE, PATCH, OPTIONS
   */
  readonly allowMethods?: string[];

  /**
   * Headers that may be sent, or `*`.
   *
   * @default - those that browsers usually send
   */
  readonly allowHeaders?: string[];

  /**
   * Headers of answers that scripts may read, or `*`.
   *
   * @default - none
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether cookies and credentials may be sent.
   *
   * @default - absent, which means false
   */
  readonly allowCredentials?: boolean;

  /**
   * How long browsers remember the answer.
   *
   * @default - 1 day
   */
  readonly maxAge?: Duration;
}

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'CONNECT', '*'];

export function cors(options: CorsOptions): PluginData {
  const { allowOrigins, allowOriginPatterns, allowMethods, allowHeaders, exposeHeaders, allowCredentials } = options;
  const any = allowOrigins?.includes('*') || (!allowOrigins?.length && !allowOriginPatterns?.length);
  const mistakes: Mistake[] = [];
  if (allowCredentials) {
    const wildcards = { allow_origins: any, allow_methods: allowMethods?.includes('*'), allow_headers: allowHeaders?.includes('*'), expose_headers: exposeHeaders?.includes('*') };
    Object.entries(wildcards).filter(([, wildcard]) => wildcard).forEach(([field]) => {
      mistakes.push(wrong(field, '*', 'is not possible together with credentials', 'list them, or use `allowOriginPatterns` for origins'));
    });
  }
  allowMethods?.forEach((method, index) => {
    if (!METHODS.includes(method.toUpperCase())) mistakes.push(wrong(`allow_methods[${index}]`, method, 'is not a method', 'remove it', METHODS.join(', ')));
  });
  allowOrigins?.forEach((origin, index) => {
    if (origin === '*' || /^[a-z][a-z0-9+.-]*:\/\/[^\s/*]+$/i.test(origin)) return;
    mistakes.push(wrong(`allow_origins[${index}]`, origin, 'is not an origin', 'write scheme and host: `https://app.example.com`'));
  });
  mistakes.push(...checkSeconds('max_age', options.maxAge));
  return pluginData('cors', compact({
    allow_origins: allowOrigins,
    allow_origin_patterns: allowOriginPatterns,
    allow_methods: allowMethods,
    allow_headers: allowHeaders,
    expose_headers: exposeHeaders,
    allow_credentials: allowCredentials,
    max_age: seconds(options.maxAge),
  }), { mistakes });
}
