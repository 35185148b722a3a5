import { GraphRule, RuleFamily, Severity } from '../rule';

/** What reports call a file or document that could not be read. It is no rule of the graph: there is no object to look at. */
export const UNREAD: Omit<GraphRule, 'check'> = {
  code: 'IGW1910',
  title: 'a file or document cannot be read',
  family: RuleFamily.DOCUMENTS,
  severity: Severity.ERROR,
  symptom: 'kubectl and Argo CD refuse the file, or skip what is in it.',
  breaks: 'The text is no YAML, or the document in it is no object of Kubernetes.',
  source: 'YAML 1.1 as kubectl reads it',
};
