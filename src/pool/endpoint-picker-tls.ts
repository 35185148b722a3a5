/** Options of `EndpointPickerTls.certificateSecret`. */
export interface PickerCertificateOptions {
  /**
   * Whether a renewed certificate is picked up without a restart.
   *
   * @default true
   */
  readonly reload?: boolean;

  /**
   * Name of a Secret with the key `ca.crt`, in the namespace of the Gateway, against which the gateway verifies the certificate. Istio only.
   *
   * @default - the connection is encrypted and the certificate not verified
   */
  readonly caSecret?: string;
}

/** How the gateway's connection to an endpoint picker is protected. */
export class EndpointPickerTls {
  /**
   * TLS with a certificate the picker signs itself at start, which no gateway can verify. Upstream's default.
   */
  public static selfSigned(): EndpointPickerTls {
    return new EndpointPickerTls('selfSigned');
  }

  /**
   * TLS with a certificate from a Secret of type `kubernetes.io/tls` in the picker's namespace, for example one that cert-manager keeps. Its names
   * have to include `<picker>.<namespace>.svc.cluster.local`.
   *
   * @param secretName name of the Secret
   */
  public static certificateSecret(secretName: string, options: PickerCertificateOptions = {}): EndpointPickerTls {
    return new EndpointPickerTls('certificate', secretName, options.reload ?? true, options.caSecret);
  }

  /**
   * No TLS: plain HTTP/2. For gateways that cannot speak TLS to a picker, or meshes that do it themselves. No DestinationRule is rendered.
   */
  public static plaintext(): EndpointPickerTls {
    return new EndpointPickerTls('plaintext');
  }

  private constructor(
    /** @internal */
    public readonly _mode: 'selfSigned' | 'certificate' | 'plaintext',
    /** @internal */
    public readonly _secretName?: string,
    /** @internal */
    public readonly _reload?: boolean,
    /** @internal */
    public readonly _caSecret?: string,
  ) {}
}
