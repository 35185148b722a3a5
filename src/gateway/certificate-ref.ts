/** Options of a certificate in a Secret. */
export interface SecretCertificateOptions {
  /**
   * Namespace of the Secret. A ReferenceGrant is rendered there when it is not the Gateway's.
   *
   * @default - the namespace of the Gateway
   */
  readonly namespace?: string;
}

/** Options of a certificate that cert-manager issues. Give one of the two issuers. */
export interface CertManagerCertificateOptions {
  /**
   * Name of a ClusterIssuer.
   *
   * @default - `issuer` is used
   */
  readonly clusterIssuer?: string;

  /**
   * Name of an Issuer in the Gateway's namespace.
   *
   * @default - `clusterIssuer` is used
   */
  readonly issuer?: string;

  /**
   * Name of the Secret cert-manager writes.
   *
   * @default - `<gateway>-<listener>-tls`
   */
  readonly secretName?: string;
}

/** Where the certificate of an HTTPS listener comes from. */
export class CertificateRef {
  /** An existing `kubernetes.io/tls` Secret. */
  public static secret(name: string, options: SecretCertificateOptions = {}): CertificateRef {
    return new CertificateRef(name, options.namespace, undefined);
  }

  /**
   * A certificate cert-manager issues for the listener's hostname. It is told by an annotation on the Gateway
   * (https://cert-manager.io/docs/usage/gateway/), so the listeners of one Gateway share an issuer.
   */
  public static certManager(options: CertManagerCertificateOptions): CertificateRef {
    return new CertificateRef(options.secretName, undefined, options);
  }

  /** Name of the Secret; undefined when it is derived from the listener. */
  public readonly secretName?: string;
  /** Namespace of the Secret; undefined for the Gateway's own. */
  public readonly secretNamespace?: string;
  /** Set when cert-manager issues the certificate. */
  public readonly issuedBy?: CertManagerCertificateOptions;

  private constructor(secretName: string | undefined, secretNamespace: string | undefined, issuedBy: CertManagerCertificateOptions | undefined) {
    this.secretName = secretName;
    this.secretNamespace = secretNamespace;
    this.issuedBy = issuedBy;
  }
}
