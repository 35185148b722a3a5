import { Picture, PictureNode, PictureSection } from './picture';

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `HTTPRoute models/llama, missing, 2 findings`. */
export function nodeTitle({ kind, namespace, label, detail, state, findings, severity }: PictureNode): string {
  return [
    `${kind} ${namespace === '' ? '' : `${namespace}/`}${label}`.trim(),
    ...detail === '' ? [] : [detail],
    ...state === 'missing' ? ['missing'] : state === 'unknown' ? ['not in this set'] : [],
    ...findings.length === 0 ? [] : [`${counted(findings.length, 'finding')}, worst ${severity}`],
  ].join(', ');
}

/** `1 gateway, 3 paths: 1 error, 2 warnings`. */
export function summaryOf({ sections, nodes, findings }: Picture): string {
  const gateways = nodes.filter(({ role, kind }) => role === 'gateway' && kind !== 'ListenerSet' && kind !== 'XListenerSet').length;
  const blocks = sections.filter(({ entries }) => entries.length > 0).flatMap((section) => section.blocks);
  const number = (severity: string) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, infos] = [number('error'), number('warning'), number('info')];
  const found = [
    ...errors > 0 ? [counted(errors, 'error')] : [], ...warnings > 0 ? [counted(warnings, 'warning')] : [], ...infos > 0 ? [counted(infos, 'note')] : [],
  ];
  return `${counted(gateways, 'gateway')}, ${counted(blocks.length, 'path')}: ${found.length > 0 ? found.join(', ') : 'no findings'}`;
}

/** `300 paths, 3 with errors, a warning before all of them`. */
export function blockSummary({ blocks, entries, severity }: PictureSection): string {
  const number = (severity: string) => blocks.filter((block) => block.severity === severity).length;
  const [errors, warnings] = [number('error'), number('warning')];
  const shared = severity === 'error' || severity === 'warning' ? [`${severity === 'error' ? 'an error' : 'a warning'} before all of them`] : [];
  return [
    counted(blocks.length, entries.length > 0 ? 'path' : 'part'), ...errors > 0 ? [`${errors} with errors`] : [], ...warnings > 0 ? [`${warnings} with warnings`] : [],
    ...errors + warnings + shared.length === 0 ? ['no findings'] : [], ...shared,
  ].join(', ');
}
