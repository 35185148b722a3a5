import type { ConfigFindings } from './check-config';

/** A configuration as it is written, and what is wrong with it. */
export interface ResolvedConfig extends ConfigFindings {
  readonly text: string;
}
