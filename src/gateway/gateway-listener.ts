import { CertificateRef } from './certificate-ref';

/** Options of an HTTP listener. */
export interface HttpListenerOptions {
  /**
   * Port to listen on.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Name of the listener, unique in its Gateway.
   *
   * @default - `http`
   */
  readonly name?: string;

  /**
   * Host name the listener answers to; `*.example.com` matches every name below `example.com`.
   *
   * @default - any host
   */
  readonly hostname?: string;
}

/** Options of an HTTPS listener. */
export interface HttpsListenerOptions {
  /** The certificate it presents; TLS ends here. */
  readonly certificate: CertificateRef;

  /**
   * Port to listen on.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * Name of the listener, unique in its Gateway.
   *
   * @default - `https`
   */
  readonly name?: string;

  /**
   * Host name the listener answers to. cert-manager needs one to issue a certificate.
   *
   * @default - any host
   */
  readonly hostname?: string;
}

/** One port a Gateway listens on. */
export class GatewayListener {
  /** Plain HTTP. */
  public static http(options: HttpListenerOptions = {}): GatewayListener {
    return new GatewayListener(options.name ?? 'http', 'HTTP', options.port ?? 80, options.hostname, undefined);
  }

  /** HTTPS, ended at the Gateway. */
  public static https(options: HttpsListenerOptions): GatewayListener {
    return new GatewayListener(options.name ?? 'https', 'HTTPS', options.port ?? 443, options.hostname, options.certificate);
  }

  /** Name of the listener. */
  public readonly name: string;
  /** `HTTP` or `HTTPS`. */
  public readonly protocol: string;
  /** Port it listens on. */
  public readonly port: number;
  /** Host name it answers to; undefined for any. */
  public readonly hostname?: string;
  /** Its certificate, for HTTPS. */
  public readonly certificate?: CertificateRef;

  private constructor(name: string, protocol: string, port: number, hostname: string | undefined, certificate: CertificateRef | undefined) {
    this.name = name;
    this.protocol = protocol;
    this.port = port;
    this.hostname = hostname;
    this.certificate = certificate;
  }
}
