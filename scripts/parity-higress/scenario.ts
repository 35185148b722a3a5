/** An observed run of GPUStack's initialiser, or of what it does later. */
export interface HigressGolden {
  readonly scenario: string;
  readonly description?: string;
  /** `seed`, `v2.2.3` or `head`. */
  readonly version?: string;
  /** The settings that were given. */
  readonly config?: Readonly<Record<string, any>>;
  readonly env?: Readonly<Record<string, string>>;
  /** What the settings came to, and what only the machine knew. */
  readonly effective?: Readonly<Record<string, any>>;
  readonly init_error?: string;
  /** The objects that were there before. */
  readonly before?: any[];
  readonly expected: any[];
}

/** Goldens of one kind, and how they are rendered. One file for each; `KINDS` of parity-higress.ts lists them. */
export interface ScenarioKind {
  readonly title: string;
  readonly matches: (name: string, golden: HigressGolden) => boolean;
  /** The objects; throws where the input is refused. */
  readonly render: (name: string, golden: HigressGolden) => any[];
  /** What of the golden and of the objects is compared; all of both when absent. */
  readonly compared?: (golden: HigressGolden, objects: any[]) => { readonly expected: any[]; readonly actual: any[] };
}
