import { createHmac } from 'node:crypto';
import { SecretText } from './secret-text';

/**
 * The secrets that GPUStack derives from its JWT secret key and puts into its plugins' configuration: hex HMAC-SHA256, keyed with the JWT
 * secret, of a fixed text.
 *
 * Each is a plain text (`SecretText.unsafePlainText`), so rendering it warns (IGW701). Better compute it once, store it in a Secret and
 * refer to that with `SecretText.fromSecret`.
 *
 * Source: gpustack/gpustack gpustack/config/config.py.
 */
export class GatewayToken {
  /**
   * The gateway token: what the plugins send to the GPUStack server as `X-GPUStack-Auth-Token`.
   *
   * @param jwtSecret the JWT secret key of the GPUStack server
   */
  public static derive(jwtSecret: string): SecretText {
    return SecretText.unsafePlainText(hmacOf(jwtSecret, 'gateway-metrics-push'));
  }

  /**
   * The key that signs the authentication cache marker `x-gpustack-auth-cache`. Only the gateway uses it. Releases with the plugin
   * `gpustack-ext-auth` have it.
   *
   * @param jwtSecret the JWT secret key of the GPUStack server
   */
  public static deriveAuthCacheKey(jwtSecret: string): SecretText {
    return SecretText.unsafePlainText(hmacOf(jwtSecret, 'gateway-auth-cache'));
  }

  private constructor() {}
}

function hmacOf(key: string, text: string): string {
  // An empty key gives a token that anyone can compute; `SecretText` refuses the empty text.
  return key === '' ? '' : createHmac('sha256', key).update(text).digest('hex');
}
