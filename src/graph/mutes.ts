import type { Graph } from './graph';
import type { GraphObject } from './graph-object';
import { map } from './json';
import { view } from './view';

/** The annotation that mutes rules for an object: `IGW1203=why it is meant; IGW1301=why`. */
export const IGNORE_ANNOTATION = 'inference-gateway.cdk8s.io/ignore';

/** A rule that is not to be reported, and why. */
export interface Mute {
  readonly code: string;
  readonly reason: string;
}

export interface ParsedMutes {
  readonly mutes: readonly Mute[];
  /** Parts that name no rule or give no reason: they mute nothing. */
  readonly invalid: readonly string[];
}

const MUTE = /^(IGW[0-9]{3,4})\s*=\s*(\S[\s\S]*)$/;

/** Reads the annotation; a reason may hold anything but a semicolon. */
export function parseMutes(value: string): ParsedMutes {
  const mutes: Mute[] = [];
  const invalid: string[] = [];
  for (const part of value.split(';').map((one) => one.trim()).filter(Boolean)) {
    const [, code, reason] = MUTE.exec(part) ?? [];
    if (code) mutes.push({ code, reason: reason.trim() });
    else invalid.push(part);
  }
  return { mutes, invalid };
}

export function formatMutes(mutes: readonly Mute[]): string {
  return mutes.map(({ code, reason }) => `${code}=${reason.replaceAll(';', ',')}`).join('; ');
}

/** The objects of a graph that have the annotation, with what it says. */
export const mutesOf = view((graph: Graph): ReadonlyMap<GraphObject, ParsedMutes> => new Map(graph.objects.flatMap((object) => {
  const value = map(map(object.manifest.metadata).annotations)[IGNORE_ANNOTATION];
  return typeof value === 'string' ? [[object, parseMutes(value)] as const] : [];
})));
