import { COLOURS, DRAWING_STYLE } from './svg-style';

/** The style of the page around the drawing, and of the drawing where it is too small to read. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;${COLOURS.light}
}
@media (prefers-color-scheme: dark) { :root {${COLOURS.dark}
} }
* { box-sizing: border-box; }
html, body { margin: 0; height: 100%; }
body { display: grid; grid-template: auto 1fr / 330px 1fr auto; grid-template-areas: "top top top" "lists stage details"; height: 100vh; overflow: hidden;
  background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 8px; top: -60px; z-index: 2; padding: 8px 14px; background: var(--card); color: var(--focus); border: 2px solid var(--focus); border-radius: 8px; }
.skip:focus { top: 8px; }
header { grid-area: top; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 18px; padding: 10px 16px; background: var(--card); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 16px; }
header .summary { color: var(--muted); margin: 0; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 14px; margin: 0 0 0 auto; padding: 0; list-style: none; color: var(--muted); font-size: 12.5px; }
.legend svg { width: 26px; height: 10px; vertical-align: middle; margin-right: 5px; overflow: visible; }
.legend path { fill: none; stroke: var(--way); stroke-width: 2; }
.legend .broken path, .legend .missing path { stroke: var(--error); stroke-width: 2.5; }
.legend .missing path { stroke-dasharray: 6 4; }
.legend .unknown path { stroke-dasharray: 2 4; }
button, input, summary { font: inherit; color: inherit; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 1px; }
.lists { grid-area: lists; display: flex; flex-direction: column; min-height: 0; background: var(--card); border-right: 1px solid var(--line); }
.finder { padding: 12px 14px 8px; }
.finder label { display: block; font-weight: 600; margin-bottom: 4px; }
.finder input { width: 100%; padding: 8px 10px; border: 1px solid var(--muted); border-radius: 8px; background: var(--ground); }
.keys { color: var(--muted); font-size: 12.5px; margin: 6px 0 0; }
kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; font: 12px ui-monospace, monospace; background: var(--ground); }
.scroll { overflow: auto; padding: 0 14px 14px; flex: 1; }
h2 { font-size: 14px; margin: 14px 0 6px; overflow-wrap: anywhere; }
h3 { font-size: 13px; margin: 12px 0 4px; color: var(--muted); overflow-wrap: anywhere; }
h4 { font-size: 13.5px; margin: 0 0 4px; }
ul, ol { list-style: none; margin: 0; padding: 0; }
button { min-height: 26px; cursor: pointer; background: none; border: 1px solid transparent; border-radius: 7px; padding: 4px 8px; text-align: left; }
button:disabled { cursor: default; }
button:hover:not(:disabled) { background: var(--ground); border-color: var(--line); }
.link { width: 100%; overflow-wrap: anywhere; }
.where, .subject, .what { color: var(--muted); font-weight: 400; }
.link.error, summary.error { color: var(--error); font-weight: 600; }
.link.warning, summary.warning { color: var(--warning); font-weight: 600; }
.link.missing { color: var(--error); }
summary { cursor: pointer; padding: 4px 8px; border-radius: 7px; min-height: 26px; overflow-wrap: anywhere; }
summary:hover { background: var(--ground); }
details > ul { padding-left: 14px; }
.finding { display: block; width: 100%; border-left: 4px solid var(--info); border-radius: 0 7px 7px 0; background: var(--info-fill); margin-bottom: 6px; padding: 7px 10px; }
.finding.error { border-left-color: var(--error); background: var(--error-fill); }
.finding.warning { border-left-color: var(--warning); background: var(--warning-fill); }
button.finding:hover:not(:disabled) { background: var(--ground); }
.finding .severity { font-weight: 700; color: var(--info); }
.finding.error .severity { color: var(--error); }
.finding.warning .severity { color: var(--warning); }
.finding p { margin: 4px 0; overflow-wrap: anywhere; }
.subject, .what { display: block; overflow-wrap: anywhere; color: var(--text); }
.subject { font-weight: 600; }
.place { font: 12px ui-monospace, monospace; color: var(--muted); }
main { grid-area: stage; position: relative; min-width: 0; min-height: 0; overflow: hidden; }
#stage { display: block; width: 100%; height: 100%; touch-action: none; cursor: grab; user-select: none; }
#stage.dragging { cursor: grabbing; }
.tools { position: absolute; right: 14px; bottom: 14px; display: flex; gap: 2px; align-items: center; padding: 3px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.tools button { min-width: 34px; min-height: 34px; text-align: center; font-weight: 600; }
#zoom-level { min-width: 52px; text-align: center; color: var(--muted); font-size: 12.5px; }
#details { grid-area: details; width: min(420px, 40vw); min-height: 0; display: flex; flex-direction: column; background: var(--card); border-left: 1px solid var(--line); }
#details[hidden] { display: none; }
#details-head { display: flex; justify-content: space-between; align-items: center; padding: 8px 8px 0 16px; color: var(--muted); }
#details-body { overflow: auto; padding: 0 16px 16px; }
#details-body h2 { font-size: 17px; margin: 2px 0 8px; outline-offset: 4px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--ground); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; overflow: auto; font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; margin: 4px 0; max-height: 70vh; tab-size: 2; }
${DRAWING_STYLE}
#stage .node[data-node] { cursor: pointer; outline: none; }
#stage .node[data-node]:hover > .card { stroke: var(--role); }
#stage .node:focus-visible > .card, #stage .node.selected > .card { stroke: var(--focus); stroke-width: 3; }
#stage .edge.marked > path { stroke-width: 3.2; }
#stage .edge.ok.marked > path { stroke: var(--focus); }
#stage.far .block { cursor: zoom-in; }
#stage.far .node text, #stage.far .node .icon, #stage.far .edge > text, #stage.far .block > text { display: none; }
#stage.far .heading { font-size: var(--heading, 15px); }
#stage.far .small > .heading, #stage.far .bare > .heading { display: none; }
#stage.far .bare > .frame { stroke-width: var(--hair); stroke-dasharray: none; fill: var(--card); }
#stage.far .section.bare:not(.error, .warning) > .frame { stroke: var(--way); }
#stage.far .nodes, #stage.far .edges { opacity: 0.25; }
#stage.far .block > .frame { fill: var(--card); stroke: var(--way); stroke-width: var(--hair); }
#stage.far .block.error > .frame { fill: var(--error-fill); stroke: var(--error); stroke-width: calc(2 * var(--hair)); }
#stage.far .block.warning > .frame { fill: var(--warning-fill); stroke: var(--warning); stroke-width: calc(2 * var(--hair)); }
#stage.far .overview { display: inline; font-weight: 600; text-anchor: middle; dominant-baseline: central; pointer-events: none; }
#stage.far .overview.error { fill: var(--error); }
#stage.far .overview.warning { fill: var(--warning); }
#stage.middle .node .detail, #stage.middle .node.chip text, #stage.middle .edge > text { display: none; }
#stage.searching .block:not(.found), #stage.searching .overview:not(.found), #stage.searching .node[data-node]:not(.found) { opacity: 0.22; }
#stage.far.searching .block.found > .frame { stroke: var(--focus); stroke-width: calc(3 * var(--hair)); }
@media (max-width: 820px) {
  body { grid-template: auto auto minmax(320px, 60vh) auto / 1fr; grid-template-areas: "top" "lists" "stage" "details"; height: auto; overflow: auto; }
  .scroll { max-height: 30vh; } #details { width: auto; border-left: 0; border-top: 1px solid var(--line); } .legend { margin-left: 0; }
}
@media (prefers-contrast: more) { :root { --line: var(--muted); --way: var(--text); } }
@media (forced-colors: active) { #stage .node.selected > .card { stroke: Highlight; } }
`;
