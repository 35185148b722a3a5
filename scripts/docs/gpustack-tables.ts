import { GpuStackRelease } from '../../src';
import { PROFILES } from '../../src/higress/releases';
import { table } from './markdown';

const code = (text: string) => `\`${text}\``;
const RELEASES = Object.values(GpuStackRelease);
const nameOf = (release: GpuStackRelease) => code(Object.entries(GpuStackRelease).find(([, value]) => value === release)![0]);
const NAMES = [...new Set(RELEASES.flatMap((release) => PROFILES[release].plugins.map(({ name }) => name)))];

/** The plugins of each release, in the order of the chain's priorities. */
export function gpustackPlugins(): string {
  const rows = NAMES.map((name) => {
    const profiles = RELEASES.map((release) => PROFILES[release].plugins.find((plugin) => plugin.name === name));
    const newest = profiles.filter((profile) => profile !== undefined).at(-1)!;
    const priority = [...new Set(profiles.map((profile) => profile?.priority).filter((value) => value !== undefined))].join(', ');
    const versions = profiles.map((profile) => (profile ? `${profile.plugin} ${profile.version}` : ''));
    return [code(name), newest.phase, priority, newest.onWorkers ? '' : 'servers only', ...versions];
  });
  return table(['WasmPlugin', 'phase', 'priority', '', ...RELEASES.map(nameOf)], rows);
}

/** What a running server writes into each plugin. */
export function gpustackRunTimeFields(): string {
  const pathsOf = (release: GpuStackRelease, name: string) => PROFILES[release].plugins.find((one) => one.name === name)?.writtenAtRunTime ?? [];
  const shown = (pointer: string) => code(pointer.slice(1).replaceAll('/', '.'));
  const rows = NAMES.filter((name) => RELEASES.some((release) => pathsOf(release, name).length > 0))
    .map((name) => [code(name), ...RELEASES.map((release) => pathsOf(release, name).map(shown).join(', '))]);
  return table(['WasmPlugin', ...RELEASES.map(nameOf)], rows);
}
