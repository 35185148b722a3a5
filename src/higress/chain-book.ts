import { IConstruct } from 'constructs';
import { formatMistake, isAttached } from '../core';
import { ChainedPlugin, checkPluginChain } from './plugin-chain';

const CHAINS = Symbol.for('cdk8s-inference-gateway.chains');

interface ChainEntry {
  readonly construct: IConstruct;
  /** As its manifest tells it. */
  readonly plugin: ChainedPlugin;
  /** What it is called; the URL of a module of one's own does not say. */
  readonly pluginId?: string;
}

/**
 * Adds a plugin to the chain of its namespace: one Higress runs them all. Synth fails when the order of a chain does not work. What the
 * manifests tell as well is left to the graph.
 */
export function joinChain(construct: IConstruct, namespace: string, plugin: ChainedPlugin, pluginId: string | undefined): void {
  const chains = chainsOf(construct.node.root);
  const entry = { construct, plugin, pluginId: pluginId ?? plugin.pluginId };
  const chain = chains.get(namespace);
  if (chain) chain.push(entry);
  else chains.set(namespace, [entry]);
}

function chainsOf(root: IConstruct): Map<string, ChainEntry[]> {
  const holder = root as IConstruct & { [CHAINS]?: Map<string, ChainEntry[]> };
  if (!holder[CHAINS]) {
    const chains = new Map<string, ChainEntry[]>();
    Object.defineProperty(holder, CHAINS, { value: chains });
    root.node.addValidation({ validate: () => [...chains.values()].flatMap(mistakesOf) });
  }
  return holder[CHAINS]!;
}

function mistakesOf(entries: readonly ChainEntry[]): string[] {
  const chain = entries.filter(({ construct }) => isAttached(construct));
  if (chain.every(({ plugin, pluginId }) => plugin.pluginId === pluginId)) return [];
  const told = new Set(checkPluginChain(chain.map(({ plugin }) => plugin)).map(formatMistake));
  return checkPluginChain(chain.map(({ plugin, pluginId }) => ({ ...plugin, pluginId }))).filter((mistake) => !told.has(formatMistake(mistake)))
    .map((mistake) => {
      const at = chain.find(({ plugin }) => plugin.name === mistake.field);
      return `${at ? `${at.construct.node.path}: ` : ''}${formatMistake(mistake)}`;
    });
}
