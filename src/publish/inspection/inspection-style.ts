/** The look of the inspection page; one column below 1100 px. Strokes keep their width at any zoom. */
export const INSPECTION_STYLE = `
:root { --accepted: #15803c; --review: #d1480b; --unused: #64748b; --ink: #1b2230; --soft: #5a6478; --line: #d7dce6; --paper: #fff; --accent: #1f5fd0; color-scheme: light }
* { box-sizing: border-box }
[hidden] { display: none !important }
body { font: 14px/1.5 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; margin: 0 auto; padding: 1rem 1.25rem 4rem; max-width: 2200px; color: var(--ink); background: #f3f5f9 }
[lang=zh] { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei", system-ui, sans-serif }
h1 { font-size: 1.2rem; margin: 0 0 .5rem; overflow-wrap: anywhere } h1 span, h2 span { color: var(--soft); font-weight: normal } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem }
kbd { font: 600 11px/1 ui-monospace, "DejaVu Sans Mono", monospace; border: 1px solid #b9c1d0; border-bottom-width: 2px; border-radius: 4px; padding: 1px 4px; background: #fff; color: #47506a; margin-right: .35rem }
button, select { font: inherit; color: inherit; background: #fff; border: 1px solid #b9c1d0; border-radius: 5px; padding: .1rem .5rem; cursor: pointer } button:hover { background: #eef2fb }
.warnings { color: #8a4b00; margin: .3rem 0; padding-left: 1.2rem }
.steps { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .4rem; list-style: none; margin: 0 0 .6rem; padding: 0 }
.steps button { width: 100%; height: 100%; text-align: left; padding: .35rem .5rem; display: flex; flex-direction: column; gap: .15rem; justify-content: start; background: #fff; border-color: var(--line) }
.steps b { font-size: .9rem } .steps span { font-size: 12px; line-height: 1.35; color: var(--soft); overflow-wrap: anywhere; display: -webkit-box; -webkit-line-clamp: 5; -webkit-box-orient: vertical; overflow: hidden }
.steps button.current { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); background: #f1f6ff }
nav { display: flex; flex-wrap: wrap; gap: .35rem 1.2rem; margin: .5rem 0 .7rem; align-items: center; background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: .4rem .7rem }
nav label { cursor: pointer; user-select: none; white-space: nowrap } nav input { margin: 0 .35rem 0 0; vertical-align: -1px } .layers { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem } .zoom button { min-width: 2rem; margin-left: .2rem }
nav small { color: var(--soft); margin-left: .4rem; display: none } nav label:has(:checked) small { display: inline } .ground small { display: inline }
.chip { display: inline-block; width: 14px; height: 10px; margin: 0 .25rem 0 .45rem; border: 2px solid; vertical-align: -1px }
main { display: grid; grid-template-columns: minmax(0, 1fr) 27rem; gap: 1rem; align-items: start }
figure { margin: 0; background: #e6e9f0; border: 1px solid var(--line); overflow: auto; max-height: calc(100vh - 2rem) } #page { display: block; width: 100%; height: auto; background: #fff } .paper { fill: #fff }
#page.dimmed #ground-shown { opacity: .18 }
aside { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem 1rem; overflow-wrap: anywhere }
.walk { display: flex; gap: .4rem; align-items: center } .walk select { flex: 1; min-width: 0 } .walk button { white-space: nowrap } .walk kbd { margin: 0 } #position { color: var(--soft); white-space: nowrap }
#places { list-style: none; margin: .4rem 0 .6rem; padding: 0; max-height: 9.5rem; overflow: auto; border: 1px solid var(--line); border-radius: 5px; position: relative } #places:empty { display: none }
#places button { display: flex; align-items: baseline; gap: .6rem; width: 100%; border: 0; border-radius: 0; text-align: left; padding: .1rem .5rem } #places small { color: var(--soft); flex: 0 0 5.2rem } #places span { white-space: nowrap; overflow: hidden; text-overflow: ellipsis } #places .current button { background: #dfeaff }
.hint { color: var(--soft) } #story h2 { margin: .4rem 0; font-size: 1rem } #story h3 { margin: .8rem 0 .2rem; font-size: .9rem; color: #39425a } #story p { margin: .15rem 0 } #story ul { margin: .2rem 0; padding-left: 1.1rem }
.crop { display: block; width: 100%; max-height: 17rem; background: #fff; border: 1px solid var(--line) } .crop .line { fill: none; stroke: #0891b2; stroke-width: 1; stroke-dasharray: 3 3; vector-effect: non-scaling-stroke }
.grounds { display: flex; flex-wrap: wrap; gap: .3rem; margin: .35rem 0 !important } .grounds button { font-size: 12px; padding: 0 .45rem } .grounds .current { border-color: var(--accent); color: var(--accent) }
.chosen-text { font-size: 1.15rem; font-weight: 600; white-space: pre-wrap } .why { color: var(--soft) } .raw { background: #f1f3f8; padding: .1rem .4rem; white-space: pre-wrap } .value { font-size: 1.05rem; font-weight: 600 }
.readings { width: 100%; border: 0 } .readings td, .readings th { border: 0; border-top: 1px solid var(--line); background: none; white-space: normal; vertical-align: baseline; padding: .2rem .4rem .2rem 0 } .readings th { font-weight: normal; color: var(--soft); width: 5.5rem; font-size: 12px } .readings .line-head td { color: var(--soft); font-size: 12px; border: 0; padding: .35rem 0 .05rem } .glyphs { font-size: 1.1rem; letter-spacing: .04em } .glyphs span { border-radius: 2px; padding: 1px 0 } .glyphs .other { box-shadow: inset 0 -2px #d11; color: #b00 } .nothing { color: var(--soft); font-style: italic } .number { text-align: right !important; color: var(--soft); white-space: nowrap !important; font-size: 12px }
.tag { border-radius: 3px; color: #fff; padding: 0 .35rem; font-size: .8rem; font-weight: normal } .tag.accepted { background: var(--accepted) } .tag.review { background: var(--review) }
.wide { overflow-x: auto } table { border-collapse: collapse; background: #fff; font-size: .86rem } td, th { border: 1px solid #ccd2de; padding: .15rem .45rem; text-align: left; vertical-align: top } th { background: #e8ebf2; white-space: nowrap }
td.accepted { color: #0d5a2a } td.review { background: #fdece2 } td[data-goto] { cursor: pointer } td[data-goto]:hover { box-shadow: inset 0 0 0 2px var(--accent) } tr.contradicted td { background: #fde2e2 } tr.holds td:last-child { color: var(--accepted) }
svg rect, svg line, svg polyline, svg path { vector-effect: non-scaling-stroke }
.word { fill: #2563eb1c; stroke: #2563eb; stroke-width: 1 } .word.invisible { fill: #a21caf1c; stroke: #a21caf; stroke-dasharray: 3 2 }
.picture-area { fill: #f59e0b12; stroke: #d97706; stroke-width: 2 } .white-area { fill: #10b98110; stroke: #059669; stroke-width: 1 }
[data-of=rulings] * { fill: none; stroke-width: 2 } .solid { stroke: #e11d48; border-color: #e11d48 } .bridged { stroke: #7c3aed; border-color: #7c3aed } .faint { stroke: #ea8a00; border-color: #ea8a00 } .open { stroke: #0284c7; border-color: #0284c7; stroke-dasharray: 6 4 } [data-of=rulings] .unused { stroke: #8b93a5; stroke-width: 1 } .chip.unused { border-color: #8b93a5 }
[data-of=edges] line { stroke-width: 3 } .agree { stroke: #16a34a; border-color: #16a34a } .merged { stroke: #16a34a; stroke-dasharray: 1 7; border-color: #16a34a; border-style: dotted } .silent { stroke: #d39b00; border-color: #d39b00 } .disagree { stroke: #dc2626; border-color: #dc2626 } [data-of=edges] .disagree { stroke-width: 6 }
.line { fill: #0891b214; stroke: #0891b2; stroke-width: 1 } .line.loose { fill: #7c3aed12; stroke: #7c3aed } .line.dirt { fill: #9993; stroke: #888 }
.chip.word { border-color: #2563eb } .chip.word.invisible { border-color: #a21caf; border-style: dashed } .chip.picture-area { border-color: #d97706 } .chip.white-area { border-color: #059669 } .chip.line { border-color: #0891b2 } .chip.line.loose { border-color: #7c3aed } .chip.line.dirt { border-color: #888 } .chip.cell.accepted { border-color: var(--accepted) } .chip.cell.review { border-color: var(--review) } .chip.cell.unused { border-color: var(--unused) } .chip.differs { border-color: #c026d3 } .chip.flag { border-color: #d11 } .chip.open { border-style: dashed }
.cell { fill-opacity: .06; stroke-width: 1.2; cursor: pointer; outline: none } .cell.accepted { fill: var(--accepted); stroke: var(--accepted) } .cell.review { fill: var(--review); stroke: var(--review); fill-opacity: .16 } .cell.unused { fill: var(--unused); stroke: var(--unused) } .cell.outside { fill: #7c3aed; stroke: #7c3aed; stroke-dasharray: 4 3; fill-opacity: .04 }
.cell:hover, .cell:focus { fill-opacity: .2; stroke-width: 2.5 } .cell.chosen { fill-opacity: .1; stroke: #1f5fd0; stroke-width: 2.5 }
[data-of=readings] { pointer-events: none } [data-of=readings] text { fill: #14213d; font-family: "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif } [data-of=readings] .differs { fill: #c026d3 }
[data-of=flags] { pointer-events: none } .flag { fill: #d11 }
@media (max-width: 1100px) { main { grid-template-columns: minmax(0, 1fr) } aside { position: static; max-height: none } }
`
