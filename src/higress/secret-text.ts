import { checkLabelName, checkObjectName, Mistake } from '../core';

/** What a `SecretText` is: only plain text stands in the manifests as it is used. */
export type SecretTextKind = 'placeholder' | 'secret' | 'plain';

const HIDDEN = '(hidden)';

/**
 * A token, password or key of a plugin, and how it gets where it is used.
 *
 * Manifests are kept in Git, so a secret does not belong in them. `fromSecret` leaves it in a Secret of the cluster and is the first
 * choice; `placeholder` is for what the deployment fills in; `unsafePlainText` says what it does.
 *
 * Errors: IGW702 for a placeholder that is none and for a Secret's name or key that cannot be referred to. Warning: IGW701 for plain text.
 */
export class SecretText {
  /**
   * A text that a tool replaces between Git and the cluster: argocd-vault-plugin (`<path:gpustack#token>`), Flux and envsubst (`${TOKEN}`),
   * vals and helm-secrets (`ref+vault://…`), SOPS (`ENC[…]`) or a template (`{{ .token }}`). Text around it is kept: `Bearer <token>`.
   *
   * Text without such a mark is refused: it would be the secret itself.
   */
  public static placeholder(text: string): SecretText {
    return new SecretText('placeholder', text);
  }

  /**
   * The value of a key of a Secret. Higress reads it when it hands the plugin's configuration to the gateway, and again when the Secret
   * changes; the WasmPlugin keeps the reference `${secret.<namespace>/<name>.<key>}`.
   *
   * It works in every plugin's configuration, and nowhere else: not in a service registry, a label or a plugin's URL. The value is put
   * into JSON as it is, so it must hold no quotes, backslashes or line breaks. The Secret's name must hold no dots. A reference that
   * cannot be resolved reaches the plugin as it is written.
   *
   * Source: alibaba/higress pkg/ingress/config/ingress_template.go.
   *
   * @param name name of the Secret
   * @param key key in its data
   * @param namespace namespace of the Secret; that of the Higress controller when it is not given
   */
  public static fromSecret(name: string, key: string, namespace?: string): SecretText {
    return new SecretText('secret', `\${secret.${namespace === undefined ? '' : `${namespace}/`}${name}.${key}}`, { name, key, namespace });
  }

  /**
   * The secret itself. It will stand in the manifests, in Git, in the cluster's WasmPlugin or McpBridge, and in whatever logs or copies
   * them; whoever reads one of these has it. Synth warns of it (IGW701).
   */
  public static unsafePlainText(text: string): SecretText {
    return new SecretText('plain', text);
  }

  private readonly kind: SecretTextKind;
  private readonly text: string;
  private readonly reference?: SecretKey;

  private constructor(kind: SecretTextKind, text: string, reference?: SecretKey) {
    this.kind = kind;
    this.text = text;
    this.reference = reference;
  }

  /** The same secret with text before it: `Bearer ` for the value of an `Authorization` header. */
  public withPrefix(prefix: string): SecretText {
    return new SecretText(this.kind, `${prefix}${this.text}`, this.reference);
  }

  /** @internal */
  public get _kind(): SecretTextKind {
    return this.kind;
  }

  /**
   * The text to render.
   *
   * @internal
   */
  public get _text(): string {
    return this.text;
  }

  /** @internal */
  public _mistakes(field: string): Mistake[] {
    if (this.reference) return checkReference(field, this.reference);
    if (this.text === '') return [{ code: 'IGW702', field, value: '', problem: 'is empty', fix: 'say where the secret comes from' }];
    if (this.kind !== 'placeholder' || isPlaceholder(this.text)) return [];
    return [{
      code: 'IGW702',
      field,
      value: HIDDEN,
      problem: 'is given as a placeholder and has no mark of one, so it would be the secret itself',
      allowed: '<…>, ${…}, $(…), {{ … }}, ((…)), #{…}#, ENC[…], ref+<scheme>://…',
      fix: 'write the placeholder that your deployment fills in, refer to a Secret with SecretText.fromSecret, or say SecretText.unsafePlainText',
    }];
  }

  /** The secret never appears when it is printed. */
  public toString(): string {
    return this.kind === 'plain' ? 'SecretText(plain text)' : `SecretText(${this.text})`;
  }

  /** The secret never appears in JSON, and so in no message, either. */
  public toJSON(): any {
    return this.toString();
  }
}

interface SecretKey {
  readonly name: string;
  readonly key: string;
  readonly namespace?: string;
}

const PLACEHOLDERS = [
  /<[^<>\s][^<>]*>/, /\$\{[^{}]+\}/, /\$\([^()]+\)/, /\{\{.+\}\}/, /\(\([^()]+\)\)/, /#\{[^{}]+\}#/, /ENC\[[^\]]+\]/, /(^|\s)ref\+[a-z0-9]+:\/\/\S+/,
];

function isPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some((pattern) => pattern.test(text));
}

function checkReference(field: string, { name, key, namespace }: SecretKey): Mistake[] {
  const mistakes = [...checkObjectName(`${field}.name`, name), ...(namespace === undefined ? [] : checkLabelName(`${field}.namespace`, namespace))];
  if (name.includes('.')) {
    mistakes.push({
      code: 'IGW702',
      field: `${field}.name`,
      value: name,
      problem: 'has a dot, where Higress takes the key to begin',
      fix: 'put the secret into a Secret whose name has no dots',
    });
  }
  if (!/^[-._a-zA-Z0-9]{1,253}$/.test(key)) {
    mistakes.push({
      code: 'IGW702',
      field: `${field}.key`,
      value: key,
      problem: 'is not a key of a Secret',
      allowed: 'letters, digits, -, _ and .',
      fix: 'set the key that holds the secret',
    });
  }
  return mistakes;
}
