import { checkGraph, Finding, formatFinding, Graph, GraphDocument, GraphRule, GraphSettings, readYamlDocuments } from '../../src/graph';

/** The graph of a YAML text or of objects. */
export function graphOf(input: string | readonly object[], settings?: GraphSettings): Graph {
  return new Graph(typeof input === 'string' ? documentsOf(input) : input.map((manifest) => ({ manifest: manifest as any, origin: {} })), settings);
}

/** The findings of one rule, or of all. A rule that fails fails the test. */
export function lint(input: string | readonly object[], rule?: GraphRule, settings?: GraphSettings): readonly Finding[] {
  const { findings, failures } = checkGraph(graphOf(input, settings), rule && { rules: [rule] });
  expect(failures).toEqual([]);
  return findings;
}

/** The findings as text, one a line. */
export function linesOf(input: string | readonly object[], rule?: GraphRule, settings?: GraphSettings): string[] {
  return lint(input, rule, settings).map((finding) => `${finding.severity} ${formatFinding(finding)}`);
}

function documentsOf(text: string): readonly GraphDocument[] {
  const { documents, unread } = readYamlDocuments(text, 'test.yaml');
  expect(unread).toEqual([]);
  return documents;
}
