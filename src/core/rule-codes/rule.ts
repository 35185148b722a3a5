/** What a rule code stands for; `docs/rules.md` is generated from these tables. */
export interface Rule {
  readonly title: string;
  /** What happens in a cluster when the mistake is applied. */
  readonly breaks: string;
  /** The upstream document, source or issue the rule comes from. */
  readonly source: string;
}
