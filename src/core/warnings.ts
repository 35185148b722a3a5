import { IConstruct } from 'constructs';
import { formatMistake, Mistake } from './errors';

const WARNINGS = Symbol.for('cdk8s-inference-gateway.warnings');

interface WarningBook {
  readonly lines: Set<string>;
  printed: number;
  muted: boolean;
}

/**
 * Records a warning of a construct. The warnings of an app are written to standard error once, when it is synthesized.
 */
export function warn(scope: IConstruct, mistake: Mistake): void {
  const book = bookOf(scope.node.root);
  book.lines.add(`warning ${scope.node.path}: ${formatMistake(mistake)}`);
}

/** Warns of what a check of the whole app found, at once and once. */
export function warnNow(root: IConstruct, text: string): void {
  const book = bookOf(root);
  book.lines.add(`warning ${text}`);
  print(book);
}

/** Warns of what is only known when the app is complete. `find` runs at each of cdk8s' validations, so it must be cheap. */
export function warnAtSynth(scope: IConstruct, find: () => readonly Mistake[]): void {
  const book = bookOf(scope.node.root);
  scope.node.addValidation({
    validate: () => {
      find().forEach((mistake) => warn(scope, mistake));
      // The root, which prints the others, was validated before this construct.
      return print(book);
    },
  });
}

/** The warnings recorded so far in the app that `scope` belongs to, in the order they came up. */
export function warningsOf(scope: IConstruct): string[] {
  return [...bookOf(scope.node.root).lines];
}

/** How many there are. */
export function warningCount(scope: IConstruct): number {
  return bookOf(scope.node.root).lines.size;
}

/** Leaves the warnings of an app to `warningsOf`: synth writes none. */
export function muteWarnings(scope: IConstruct): void {
  bookOf(scope.node.root).muted = true;
}

function bookOf(root: IConstruct): WarningBook {
  const holder = root as IConstruct & { [WARNINGS]?: WarningBook };
  if (!holder[WARNINGS]) {
    const book: WarningBook = { lines: new Set(), printed: 0, muted: false };
    Object.defineProperty(holder, WARNINGS, { value: book });
    // cdk8s runs every validator once per chart and once more: only what is new is printed.
    root.node.addValidation({ validate: () => print(book) });
  }
  return holder[WARNINGS]!;
}

function print(book: WarningBook): string[] {
  if (!book.muted) [...book.lines].slice(book.printed).forEach((line) => process.stderr.write(`${line}\n`));
  book.printed = book.lines.size;
  return [];
}
