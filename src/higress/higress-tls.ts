import type { SecretText } from './secret-text';

/** A certificate and its key, in PEM format. */
export interface PemFilesOptions {
  /** Path of the certificate, with its chain. */
  readonly certificate: string;
  /** Path of the private key. */
  readonly privateKey: string;
}

/** A certificate and its key as texts in PEM format. */
export interface PemTextOptions {
  /** The certificate, with its chain; it is no secret. */
  readonly certificate: string;
  /** The private key. */
  readonly privateKey: SecretText;
}

/** Who issues a certificate. Give one of the two issuers. */
export interface CertManagerIssuerOptions {
  /**
   * Name of a ClusterIssuer.
   *
   * @default - `issuer` is used
   */
  readonly clusterIssuer?: string;

  /**
   * Name of an Issuer in the gateway's namespace.
   *
   * @default - `clusterIssuer` is used
   */
  readonly issuer?: string;

  /**
   * Name of the Secret that cert-manager writes.
   *
   * @default - `gpustack-tls-<host name, dots as dashes>`
   */
  readonly secretName?: string;
}

/**
 * Where the certificate of a gateway comes from.
 *
 * A certificate that is read at synth is checked (IGW736): it belongs to the key, is valid today, and names the host of `externalUrl`.
 */
export class HigressTls {
  /** An existing `kubernetes.io/tls` Secret in the gateway's namespace. */
  public static secret(name: string): HigressTls {
    return new HigressTls('secret', { secretName: name });
  }

  /** A certificate that cert-manager issues for the host of `externalUrl`. Renders a `Certificate` (cert-manager.io/v1). */
  public static certManager(options: CertManagerIssuerOptions): HigressTls {
    return new HigressTls('certManager', { issuer: options, secretName: options.secretName });
  }

  /**
   * Files that are read at synth. The key will stand in the manifests, and synth warns of it (IGW701).
   *
   * Renders the Secret that GPUStack would write from its `ssl_certfile` and `ssl_keyfile`.
   */
  public static unsafePemFiles(options: PemFilesOptions): HigressTls {
    return new HigressTls('files', { files: options, checked: true });
  }

  /** As `unsafePemFiles`, from texts. A key that is a placeholder is not compared with the certificate. */
  public static pem(options: PemTextOptions): HigressTls {
    return new HigressTls('pem', { pem: options, checked: true });
  }

  /** As `pem`, without any check: for what is no certificate yet, or no longer one. */
  public static unsafeUnchecked(options: PemTextOptions): HigressTls {
    return new HigressTls('pem', { pem: options, checked: false });
  }

  /** @internal */
  public readonly _kind: TlsKind;
  /** @internal */
  public readonly _source: TlsSource;

  private constructor(kind: TlsKind, source: TlsSource) {
    this._kind = kind;
    this._source = source;
  }
}

/** @internal */
export type TlsKind = 'secret' | 'certManager' | 'files' | 'pem';

/** @internal */
export interface TlsSource {
  readonly secretName?: string;
  readonly issuer?: CertManagerIssuerOptions;
  readonly files?: PemFilesOptions;
  readonly pem?: PemTextOptions;
  readonly checked?: boolean;
}
