/*
 * Runs the rules of the graph over manifests whose traffic was observed, and compares: what fails has an error, what works has none, what is
 * degraded has at least a warning. Prints each, with recall and precision; exits 1 below 100 %.
 *
 * npm run lint:truth -- [part of a name…] [--verbose]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGraph, formatFinding, Graph, readYamlDocuments, Severity } from '../src/graph';

interface Outcome {
  readonly variant: string;
  readonly traffic: 'works' | 'degraded' | 'fails';
  readonly why: string;
}

const folder = process.env.GOLDENS_DIR && join(process.env.GOLDENS_DIR, 'traffic');
if (!folder || !existsSync(folder)) {
  console.error('GOLDENS_DIR names no folder with traffic/: there is nothing to compare with');
  process.exit(1);
}

const verbose = process.argv.includes('--verbose');
const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const outcomes = readdirSync(folder).filter((file) => file.endsWith('.outcome.json'))
  .map((file): Outcome => JSON.parse(readFileSync(join(folder, file), 'utf8')))
  .filter(({ variant }) => names.length === 0 || names.some((name) => variant.includes(name)));

let ok = true;
for (const closed of [false, true]) {
  const totals = { caught: 0, fails: 0, silent: 0, works: 0, warned: 0, degraded: 0 };
  console.log(`\n${closed ? 'closed: everything is in the set' : 'open: other objects may be in the cluster'}`);
  for (const { variant, traffic, why } of outcomes) {
    const file = `${variant}.yaml`;
    const { documents } = readYamlDocuments(readFileSync(join(folder, file), 'utf8'), file);
    const { findings, failures } = checkGraph(new Graph(documents, { closed }));
    const errors = findings.filter(({ severity }) => severity === Severity.ERROR);
    const warnings = findings.filter(({ severity }) => severity === Severity.WARNING);
    const right = failures.length === 0 && isRight(traffic, errors.length, warnings.length);
    if (traffic === 'fails') [totals.fails, totals.caught] = [totals.fails + 1, totals.caught + (errors.length > 0 ? 1 : 0)];
    if (traffic === 'works') [totals.works, totals.silent] = [totals.works + 1, totals.silent + (errors.length === 0 ? 1 : 0)];
    if (traffic === 'degraded') [totals.degraded, totals.warned] = [totals.degraded + 1, totals.warned + (right ? 1 : 0)];
    ok &&= right;
    const codes = (list: typeof findings) => [...new Set(list.map(({ code }) => code))].join(' ') || '-';
    console.log(`${right ? 'ok   ' : 'WRONG'} ${variant.padEnd(24)} ${traffic.padEnd(9)} errors ${codes(errors)}  warnings ${codes(warnings)}`);
    if (why !== '' && (verbose || !right)) console.log(`        observed: ${why}`);
    if (verbose || !right) findings.forEach((finding) => console.log(`        ${finding.severity} ${formatFinding(finding)}`));
    failures.forEach(({ code, error }) => console.log(`        ${code} failed: ${(error as Error).stack}`));
  }
  const reported = totals.caught + totals.works - totals.silent;
  console.log([
    `recall ${percent(totals.caught, totals.fails)} (${totals.caught} of ${totals.fails} that fail)`,
    `precision ${percent(totals.caught, reported)} (${totals.works - totals.silent} false among ${totals.works} that work)`,
    `degraded ${totals.warned} of ${totals.degraded} warned of`,
  ].join(', '));
}
process.exitCode = ok ? 0 : 1;

function isRight(traffic: Outcome['traffic'], errors: number, warnings: number): boolean {
  if (traffic === 'fails') return errors > 0;
  return errors === 0 && (traffic === 'works' || warnings > 0);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${(100 * part / whole).toFixed(1)} %`;
}
