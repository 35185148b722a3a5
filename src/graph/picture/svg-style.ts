/** Colours as CSS variables, so that one drawing serves light and dark. */
export const COLOURS = {
  light: `
  --ground: #f6f7f9; --card: #ffffff; --block: #fbfcfd; --line: #d6dae1; --text: #171b22; --muted: #566072; --way: #9aa4b2; --focus: #1d4ed8;
  --error: #c81e1e; --error-fill: #fde3e3; --error-wash: #fff4f4; --warning: #975a00; --warning-fill: #fdeecb; --warning-wash: #fffaee; --info: #1d5fbf; --info-fill: #e8f1fd; --good: #1b7f4b;
  --gateway: #4f46e5; --plugin: #a21caf; --route: #2563eb; --pool: #0f766e; --service: #64748b; --picker: #7c3aed; --workload: #475569; --other: #6b7280;`,
  dark: `
  --ground: #0f1218; --card: #1b2029; --block: #151a22; --line: #353d4b; --text: #eceff4; --muted: #a3aebf; --way: #677489; --focus: #8ab4ff;
  --error: #ff8078; --error-fill: #4a1d20; --error-wash: #25161a; --warning: #f2b84b; --warning-fill: #43340f; --warning-wash: #211d14; --info: #7fb2ff; --info-fill: #17263d; --good: #55c98b;
  --gateway: #a5a0ff; --plugin: #e58bf0; --route: #7fabff; --pool: #4fd1c1; --service: #9fb0c7; --picker: #bb9bff; --workload: #a9b6c9; --other: #9ca3af;`,
} as const;

const ROLES = ['gateway', 'plugin', 'route', 'pool', 'service', 'picker', 'workload', 'other'];
/** Roles that share a colour. */
const COLOUR_OF: Readonly<Record<string, string>> = {
  client: 'gateway', listener: 'gateway', router: 'plugin', registry: 'service', policy: 'other', grant: 'other',
};

/** The style of the drawing. */
export const DRAWING_STYLE = `
.picture { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
.picture text { fill: var(--text); }
.ground { fill: var(--ground); }
.section > .frame { fill: none; stroke: var(--line); stroke-dasharray: 2 5; stroke-linecap: round; }
.section > .heading .count { font-weight: 400; fill: var(--muted); }
.section.error > .frame { stroke: var(--error); stroke-dasharray: none; stroke-width: 1.5; }
.section.warning > .frame { stroke: var(--warning); stroke-dasharray: none; }
.section.error > .heading .count { fill: var(--error); font-weight: 650; }
.section.warning > .heading .count { fill: var(--warning); font-weight: 650; }
.section > .heading { font-size: 15px; font-weight: 650; }
.block > .frame { fill: var(--block); stroke: var(--line); }
.block.error > .frame { stroke: var(--error); stroke-width: 1.5; fill: var(--error-wash); }
.block.warning > .frame { stroke: var(--warning); fill: var(--warning-wash); }
.block > .title { font-size: 13px; font-weight: 650; }
.block > .title .where { font-weight: 400; fill: var(--muted); font-size: 12px; }
.block > .mark { font-size: 12px; font-weight: 650; text-anchor: end; fill: var(--good); }
.block.error > .mark { fill: var(--error); }
.block.warning > .mark { fill: var(--warning); }
.block.info > .mark { fill: var(--info); }
.node { --role: var(--other); }
${[...ROLES.map((role) => [role, role]), ...Object.entries(COLOUR_OF)].map(([role, colour]) => `.node.${role} { --role: var(--${colour}); }`).join('\n')}
.node > .card { fill: var(--card); stroke: var(--line); }
.node > .bar { fill: var(--role); }
.node .icon { fill: none; stroke: var(--role); stroke-width: 1.4; stroke-linecap: round; stroke-linejoin: round; }
.node > .name { font-size: 13px; font-weight: 600; }
.node > .detail { font-size: 11.5px; fill: var(--muted); }
.node.chip > .name { font-size: 11.5px; font-weight: 500; }
.node.chip > .name .detail { font-weight: 400; fill: var(--muted); }
.node.missing > .card { fill: var(--error-fill); stroke: var(--error); stroke-dasharray: 5 3; }
.node.missing > .name, .node.missing > .detail { fill: var(--error); }
.node.unknown > .card { fill: none; stroke: var(--muted); stroke-dasharray: 2 3; }
.node.unknown > .name, .node.unknown > .detail { fill: var(--muted); }
.node.error > .card { stroke: var(--error); stroke-width: 2; }
.node.warning > .card { stroke: var(--warning); stroke-width: 2; }
.node.info > .card { stroke: var(--info); stroke-width: 1.5; }
.node > .badge > circle { fill: var(--info); }
.node.error > .badge > circle { fill: var(--error); }
.node.warning > .badge > circle { fill: var(--warning); }
.node > .badge > text { fill: var(--card); font-size: 12px; font-weight: 700; text-anchor: middle; }
.edge > path { fill: none; stroke: var(--way); stroke-width: 1.5; }
.edge > text { font-size: 11px; fill: var(--muted); text-anchor: middle; paint-order: stroke; stroke: var(--block); stroke-width: 4px; stroke-linejoin: round; }
.edge.broken > path, .edge.missing > path { stroke: var(--error); stroke-width: 2.2; }
.edge.missing > path { stroke-dasharray: 6 4; }
.edge.broken > text, .edge.missing > text { fill: var(--error); font-weight: 650; stroke: var(--error-wash); }
.edge.unknown > path { stroke-dasharray: 2 4; }
.edge.mirror > path, .edge.poolFlag > path, .edge.controller > path { stroke-dasharray: 8 3; }
.arrow { fill: var(--way); }
.arrow.bad { fill: var(--error); }
.overview { display: none; }
`;

/** The style of an SVG that stands by itself. */
export const SVG_STYLE = `svg {${COLOURS.light}
}
@media (prefers-color-scheme: dark) { svg {${COLOURS.dark}
} }
${DRAWING_STYLE}`;
