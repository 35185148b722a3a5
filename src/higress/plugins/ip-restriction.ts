import { isIP } from 'node:net';
import { compact, Mistake } from '../../core';
import { checkStatus, missing, notice, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Where the client's address is taken from. */
export enum IpSource {
  /** The connection. Behind a load balancer it may be that of the load balancer. */
  ORIGIN = 'origin-source',
  /** A header, which clients can set unless a proxy before the gateway does. */
  HEADER = 'header',
}

/** Options of the plugin `ip-restriction`. Give `allow` or `deny`. */
export interface IpRestrictionOptions {
  /**
   * Addresses and networks that may call: `10.0.0.0/8`.
   *
   * @default - `deny` is used
   */
  readonly allow?: string[];

  /**
   * Addresses and networks that may not call.
   *
   * @default - `allow` is used
   */
  readonly deny?: string[];

  /**
   * Where the address is taken from.
   *
   * @default - absent, which means ORIGIN
   */
  readonly ipSource?: IpSource;

  /**
   * The header, for HEADER.
   *
   * @default - `x-forwarded-for`
   */
  readonly ipHeaderName?: string;

  /**
   * Status of the answer to those who may not.
   *
   * @default - 403
   */
  readonly status?: number;

  /**
   * Text of that answer.
   *
   * @default - `Your IP address is blocked.`
   */
  readonly message?: string;
}

export function ipRestriction(options: IpRestrictionOptions): PluginData {
  const { allow, deny, ipSource, ipHeaderName, status, message } = options;
  const mistakes: Mistake[] = [...checkNets('allow', allow), ...checkNets('deny', deny), ...checkStatus('status', status)];
  if (allow?.length && deny?.length) mistakes.push(wrong('deny', deny, 'is given together with `allow`, which the plugin refuses', 'give one of the two'));
  if (!allow?.length && !deny?.length) mistakes.push(missing('allow', 'set `allow` or `deny`', 'and `deny` are empty'));
  const notices = ipHeaderName !== undefined && ipSource !== IpSource.HEADER
    ? [notice('ip_header_name', 'has no effect: the address is taken from the connection', 'set `ipSource` to IpSource.HEADER')] : [];
  return pluginData('ip-restriction', compact({ ip_source_type: ipSource, ip_header_name: ipHeaderName, allow, deny, status, message }), { mistakes, notices });
}

function checkNets(field: string, nets: readonly string[] = []): Mistake[] {
  return nets.flatMap((net, index) => (isNet(net) ? [] : [wrong(`${field}[${index}]`, net, 'is neither an address nor a network', 'write `10.0.0.1` or `10.0.0.0/8`')]));
}

/** Whether a text is an IP address or a network in CIDR notation. */
export function isNet(text: string): boolean {
  const [address, bits, ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}
