import { IConstruct } from 'constructs';
import { formatMistake, isAttached } from '../core';
import { ChainedPlugin, checkPluginChain } from './plugin-chain';

const CHAINS = Symbol.for('cdk8s-inference-gateway.chains');

interface ChainEntry {
  readonly construct: IConstruct;
  readonly plugin: ChainedPlugin;
}

/** Adds a plugin to the chain of its namespace: one Higress runs them all. Synth fails when the order of a chain does not work. */
export function joinChain(construct: IConstruct, namespace: string, plugin: ChainedPlugin): void {
  const chains = chainsOf(construct.node.root);
  chains.set(namespace, [...(chains.get(namespace) ?? []), { construct, plugin }]);
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
  const plugins = entries.filter(({ construct }) => isAttached(construct)).map(({ plugin }) => plugin);
  return checkPluginChain(plugins).map((mistake) => {
    const at = entries.find(({ plugin }) => plugin.name === mistake.field);
    return `${at ? `${at.construct.node.path}: ` : ''}${formatMistake(mistake)}`;
  });
}
