import type { Duration } from 'cdk8s';
import { compact, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { checkPort, checkRe2, checkService, checkStatus, checkWhole, milliseconds, missing, notice, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** How a header or a path is compared. */
export enum ExtAuthMatch {
  EXACT = 'exact',
  PREFIX = 'prefix',
  SUFFIX = 'suffix',
  CONTAINS = 'contains',
  REGEX = 'regex',
}

/** The shape of requests to the authorization service. */
export enum ExtAuthEndpointMode {
  /** Method and path of the request, below `pathPrefix`. */
  ENVOY = 'envoy',
  /** One method and path; the request's own are in `X-Forwarded-*` headers. */
  FORWARD_AUTH = 'forward_auth',
}

/** What the list of requests means. */
export enum ExtAuthMatchType {
  /** Requests of the list pass without authorization. */
  WHITELIST = 'whitelist',
  /** Requests of the list need authorization, no others. */
  BLACKLIST = 'blacklist',
}

/** Which headers are meant; case does not matter. */
export interface ExtAuthHeader {
  /** Name, or the part of it that `match` says. */
  readonly name: string;

  /**
   * How the name is compared.
   *
   * @default ExtAuthMatch.EXACT
   */
  readonly match?: ExtAuthMatch;
}

/** Which requests are meant. */
export interface ExtAuthRequestRule {
  /**
   * Path, or the part of it that `match` says.
   *
   * @default - any
   */
  readonly path?: string;

  /**
   * How the path is compared. Needs a path.
   *
   * @default ExtAuthMatch.PREFIX
   */
  readonly match?: ExtAuthMatch;

  /**
   * Host name; `*.example.com` is possible.
   *
   * @default - any
   */
  readonly domain?: string;

  /**
   * Methods.
   *
   * @default - any
   */
  readonly methods?: string[];
}

/** Options of the plugin `ext-auth`. */
export interface ExtAuthOptions {
  /** Name of the authorization service, as `ServiceRegistry.serviceName` gives it. */
  readonly serviceName: string;

  /**
   * Port of the service.
   *
   * @default - absent, which means 80
   */
  readonly servicePort?: number;

  /**
   * Host header of requests to it.
   *
   * @default - the service's name
   */
  readonly serviceHost?: string;

  /**
   * Shape of requests to it.
   *
   * @default - FORWARD_AUTH with `path`, else ENVOY
   */
  readonly endpointMode?: ExtAuthEndpointMode;

  /**
   * Path of requests to it, for FORWARD_AUTH.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * Method of requests to it, for FORWARD_AUTH.
   *
   * @default - absent, which means GET
   */
  readonly requestMethod?: string;

  /**
   * What is put before the path, for ENVOY.
   *
   * @default - none
   */
  readonly pathPrefix?: string;

  /**
   * How long it may take.
   *
   * @default - 1 second
   */
  readonly timeout?: Duration;

  /**
   * Headers of requests that it gets. `Authorization` always goes along.
   *
   * @default - none
   */
  readonly allowedHeaders?: ExtAuthHeader[];

  /**
   * Headers that are added to requests to it.
   *
   * @default - none
   */
  readonly headersToAdd?: Record<string, string>;

  /**
   * Headers with secrets that are added to requests to it.
   *
   * @default - none
   */
  readonly secretHeadersToAdd?: Record<string, SecretText>;

  /**
   * Whether it gets the body of requests. Not with the methods GET, HEAD and OPTIONS.
   *
   * @default - absent, which means false
   */
  readonly withRequestBody?: boolean;

  /**
   * Largest body it gets, in bytes; larger requests are answered with 413.
   *
   * @default - 10 MiB
   */
  readonly maxRequestBodyBytes?: number;

  /**
   * Headers of its answer that go to the model server.
   *
   * @default - none
   */
  readonly allowedUpstreamHeaders?: ExtAuthHeader[];

  /**
   * Headers of its answer that go to the client when it refuses.
   *
   * @default - all
   */
  readonly allowedClientHeaders?: ExtAuthHeader[];

  /**
   * What `requests` means.
   *
   * @default - WHITELIST when there are requests
   */
  readonly matchType?: ExtAuthMatchType;

  /**
   * Requests that need no authorization, or are the only ones that do.
   *
   * @default - absent: all requests need authorization
   */
  readonly requests?: ExtAuthRequestRule[];

  /**
   * Lets requests pass when the service is down or answers 5xx. The fail strategy of the plugin does not say this.
   *
   * @default - absent, which means false
   */
  readonly failureModeAllow?: boolean;

  /**
   * Marks requests that passed that way with the header `x-envoy-auth-failure-mode-allowed`.
   *
   * @default - absent, which means false
   */
  readonly failureModeAllowHeaderAdd?: boolean;

  /**
   * Status of the answer when the service is down.
   *
   * @default - 403
   */
  readonly statusOnError?: number;
}

export function extAuth(options: ExtAuthOptions): PluginData {
  const mode = options.endpointMode ?? (options.path === undefined ? ExtAuthEndpointMode.ENVOY : ExtAuthEndpointMode.FORWARD_AUTH);
  return pluginData('ext-auth', extAuthConfig(options, mode), { mistakes: mistakesOf(options, mode), notices: noticesOf(options, mode) });
}

function extAuthConfig(options: ExtAuthOptions, mode: ExtAuthEndpointMode): object {
  const { requests, headersToAdd, secretHeadersToAdd } = options;
  const request = compact({
    allowed_headers: options.allowedHeaders?.map(headerOf),
    headers_to_add: headersToAdd || secretHeadersToAdd ? { ...headersToAdd, ...secretHeadersToAdd } : undefined,
    with_request_body: options.withRequestBody,
    max_request_body_bytes: options.maxRequestBodyBytes,
  });
  const response = compact({
    allowed_upstream_headers: options.allowedUpstreamHeaders?.map(headerOf),
    allowed_client_headers: options.allowedClientHeaders?.map(headerOf),
  });
  return compact({
    http_service: compact({
      endpoint_mode: mode,
      endpoint: compact({
        service_name: options.serviceName,
        service_port: options.servicePort,
        service_host: options.serviceHost,
        path: options.path,
        request_method: options.requestMethod,
        path_prefix: options.pathPrefix,
      }),
      timeout: milliseconds(options.timeout),
      authorization_request: Object.keys(request).length > 0 ? request : undefined,
      authorization_response: Object.keys(response).length > 0 ? response : undefined,
    }),
    match_type: options.matchType ?? (requests && ExtAuthMatchType.WHITELIST),
    match_list: requests?.map(({ path, match, domain, methods }) => compact({
      match_rule_domain: domain,
      match_rule_method: methods,
      match_rule_path: path,
      match_rule_type: path === undefined ? match : match ?? ExtAuthMatch.PREFIX,
    })),
    failure_mode_allow: options.failureModeAllow,
    failure_mode_allow_header_add: options.failureModeAllowHeaderAdd,
    status_on_error: options.statusOnError,
  });
}

function headerOf({ name, match }: ExtAuthHeader): object {
  return { [match ?? ExtAuthMatch.EXACT]: name };
}

const WITHOUT_BODY = ['GET', 'HEAD', 'OPTIONS'];

function mistakesOf(options: ExtAuthOptions, mode: ExtAuthEndpointMode): Mistake[] {
  const { path, pathPrefix, requestMethod, requests } = options;
  const endpoint = 'http_service.endpoint';
  const mistakes = [
    ...checkService(`${endpoint}.service_name`, options.serviceName),
    ...checkPort(`${endpoint}.service_port`, options.servicePort),
    ...checkStatus('status_on_error', options.statusOnError),
    ...checkWhole('http_service.authorization_request.max_request_body_bytes', options.maxRequestBodyBytes, 1),
    ...checkHeaders('http_service.authorization_request.allowed_headers', options.allowedHeaders),
    ...checkHeaders('http_service.authorization_response.allowed_upstream_headers', options.allowedUpstreamHeaders),
    ...checkHeaders('http_service.authorization_response.allowed_client_headers', options.allowedClientHeaders),
    ...Object.keys(options.secretHeadersToAdd ?? {}).filter((name) => options.headersToAdd && name in options.headersToAdd)
      .map((name) => wrong('http_service.authorization_request.headers_to_add', name, 'is given twice', 'give it as a secret alone')),
  ];
  const forward = mode === ExtAuthEndpointMode.FORWARD_AUTH;
  if (forward && path === undefined) mistakes.push(missing(`${endpoint}.path`, 'set `path`, or `endpointMode` to ENVOY'));
  if (!forward && pathPrefix === undefined) mistakes.push(missing(`${endpoint}.path_prefix`, 'set `pathPrefix`, or `path` for FORWARD_AUTH'));
  for (const [field, value] of [[`${endpoint}.path`, path], [`${endpoint}.path_prefix`, pathPrefix]] as const) {
    if (value !== undefined && !value.startsWith('/')) mistakes.push(wrong(field, value, 'does not begin with a slash', `write ${JSON.stringify(`/${value}`)}`));
  }
  const method = forward ? (requestMethod ?? 'GET').toUpperCase() : '';
  if (options.withRequestBody && WITHOUT_BODY.includes(method)) {
    mistakes.push(wrong('http_service.authorization_request.with_request_body', true, `is not possible with the method ${method}`, 'set `requestMethod` to POST'));
  }
  if (options.matchType !== undefined && requests === undefined) mistakes.push(missing('match_list', 'set `requests`, or remove `matchType`'));
  requests?.forEach(({ path: requestPath, match }, index) => {
    const field = `match_list[${index}].match_rule_path`;
    if (requestPath === undefined && match !== undefined) mistakes.push(missing(field, 'set `path`, or remove `match`'));
    if (requestPath !== undefined && match === ExtAuthMatch.REGEX) mistakes.push(...checkRe2(field, requestPath));
  });
  return mistakes;
}

function checkHeaders(field: string, headers: readonly ExtAuthHeader[] = []): Mistake[] {
  return headers.flatMap(({ name, match }, index) => (match === ExtAuthMatch.REGEX ? checkRe2(`${field}[${index}].regex`, name) : []));
}

function noticesOf(options: ExtAuthOptions, mode: ExtAuthEndpointMode): Mistake[] {
  const notices: Mistake[] = [];
  const ignored = mode === ExtAuthEndpointMode.ENVOY
    ? { path: options.path, request_method: options.requestMethod } : { path_prefix: options.pathPrefix };
  Object.entries(ignored).filter(([, value]) => value !== undefined).forEach(([field]) => {
    notices.push(notice(`http_service.endpoint.${field}`, `has no effect with the endpoint mode ${mode}`, 'remove it'));
  });
  if (options.failureModeAllow) {
    notices.push(notice('failure_mode_allow', 'lets every request pass while the authorization service is down', 'remove it, unless that is meant'));
  }
  return notices;
}
