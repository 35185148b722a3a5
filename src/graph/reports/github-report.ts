import { Severity } from '../rule';
import { linesOf, Report } from './report';
import { messageOf } from './text-report';

const COMMANDS = { [Severity.ERROR]: 'error', [Severity.WARNING]: 'warning', [Severity.INFO]: 'notice' };

/** Workflow commands of GitHub Actions, which puts them beside the lines of a pull request. */
export function githubReport(report: Report): string {
  return linesOf(report, (finding) => `${finding.object}: ${messageOf(finding)}`).map(({ code, severity, file, line, column, message }) => {
    const place = Object.entries({ file, line, col: column, title: code }).filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
    return `::${COMMANDS[severity]} ${place.join(',')}::${escapeData(message)}\n`;
  }).join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
