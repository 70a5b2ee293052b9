/** The look of the evidence pages, on screens bright and dark and on paper. */
export const EVIDENCE_STYLE = `:root {
  --ink: #1b2430; --soft: #55606f; --line: #d8dde5; --ground: #f4f6f9; --card: #fff; --navy: #1f3a5f; --link: #1d4f91;
  --accepted: #2c7a4b; --review: #b4560b; --confirmed: #1d5fb8; --corrected: #7637b8; --broken: #c0271f; --asked: #e08600;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6eaf0; --soft: #a2adbb; --line: #38424f; --ground: #12171e; --card: #1b222c; --navy: #16263c; --link: #8ab8f5;
    --accepted: #6cc48e; --review: #f0a45d; --confirmed: #7fb2f5; --corrected: #c49af0; --broken: #f38a82; --asked: #f5b04a;
  }
}
* { box-sizing: border-box }
body { font: 15px/1.55 system-ui, "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: var(--ink); background: var(--ground); margin: 0 }
a { color: var(--link) }
:focus-visible { outline: 3px solid #5b9bff; outline-offset: 2px }
code { font: .88em ui-monospace, Consolas, monospace; overflow-wrap: anywhere }
small, .place, .hint, figcaption, .where { color: var(--soft) }
.bar { background: var(--navy); color: #fff; display: flex; gap: 1.5rem; align-items: baseline; padding: .6rem 1.2rem; flex-wrap: wrap }
.bar a { color: #fff }
.brand { font-weight: 700; font-size: 1.1rem; text-decoration: none }
.brand span { font-weight: 400; opacity: .8 }
.bar ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0 }
.bar li { overflow-wrap: anywhere }
.bar li + li::before { content: "›"; margin: 0 .55rem; opacity: .7 }
main { max-width: 1200px; margin: 0 auto; padding: 1.4rem 1.2rem 4rem }
h1 { font-size: 1.5rem; margin: 0 0 .2rem; line-height: 1.3; overflow-wrap: anywhere }
h2 { font-size: 1.05rem; margin: 0 0 .5rem }
h2 code { color: var(--soft); font-weight: 400 }
p { margin: .3rem 0 }
.hint { max-width: 50rem }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; margin: 1rem 0 }
.figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0 }
.figure { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: .5rem 1rem; min-width: 6rem }
.figure b { display: block; font-size: 1.35rem; line-height: 1.25; font-variant-numeric: tabular-nums }
.figure span { color: var(--soft); font-size: .85rem }
.figure.review b, .number.review { color: var(--review) }
.figure.broken b, .number.broken { color: var(--broken) }
.badge { border: 1px solid currentcolor; border-radius: 99px; padding: .05rem .6rem; font-size: .82rem; white-space: nowrap }
.badge.accepted, .badge.complete { color: var(--accepted) }
.badge.review, .badge.partial { color: var(--review) }
.badge.confirmed { color: var(--confirmed) }
.badge.corrected { color: var(--corrected) }
.badge.failed { color: var(--broken) }
.scroll { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
.list, .records { width: 100%; background: var(--card) }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top }
thead th { color: var(--soft); font-weight: 600; font-size: .85rem; white-space: nowrap; border-bottom: 2px solid var(--line) }
caption { text-align: left; font-weight: 600; padding: .4rem 0 }
.number, thead th.number { text-align: right; white-space: nowrap }
.records { border: 1px solid var(--line); margin: 1rem 0 }
.records td a { color: inherit; text-decoration: none; display: block; max-width: 26rem }
.records td a:hover { text-decoration: underline }
.records td.accepted { box-shadow: inset 3px 0 0 color-mix(in srgb, var(--accepted) 45%, transparent) }
.records td.review { background: color-mix(in srgb, var(--review) 16%, transparent); box-shadow: inset 3px 0 0 var(--review) }
.records td.confirmed { box-shadow: inset 3px 0 0 var(--confirmed) }
.records td.corrected { background: color-mix(in srgb, var(--corrected) 12%, transparent); box-shadow: inset 3px 0 0 var(--corrected) }
.legend { display: flex; gap: 1.2rem; flex-wrap: wrap; font-size: .85rem; color: var(--soft) }
.legend i { display: inline-block; width: .9rem; height: .9rem; border-radius: 3px; vertical-align: -.1rem; background: var(--accepted) }
.legend i.review { background: var(--review) } .legend i.confirmed { background: var(--confirmed) } .legend i.corrected { background: var(--corrected) }
.trouble { border-left: 4px solid var(--broken); padding: .5rem .9rem; background: var(--card) }
.crop { background: #fff; border: 1px solid var(--line); border-radius: 6px; max-width: 100%; height: auto; display: block }
.crop.row { max-width: none }
.box { fill: transparent; stroke-width: .8 }
.box.asked { stroke: #e08600; stroke-width: .9 }
.box.accepted { stroke: #2c7a4b } .box.review { stroke: #b4560b; fill: #b4560b22 } .box.confirmed { stroke: #1d5fb8 } .box.corrected { stroke: #7637b8; fill: #7637b81a }
a:hover .box, a:focus .box { fill: #1d5fb833 }
figure { margin: 0 }
figure.row { margin: 1rem 0 }
figcaption { font-size: .82rem }
.id { margin-bottom: .6rem }
.neighbours { display: flex; gap: 1.5rem }
nav.fields { display: flex; flex-wrap: wrap; gap: .4rem; margin: 1rem 0 }
nav.fields a { border: 1px solid var(--line); border-radius: 99px; padding: .1rem .7rem; font-size: .88rem; text-decoration: none; background: var(--card) }
nav.fields a.review { border-color: var(--review); color: var(--review) }
.field { background: var(--card); border: 1px solid var(--line); border-left: 5px solid var(--accepted); border-radius: 10px; padding: .9rem 1.2rem; margin: .8rem 0; scroll-margin-top: 1rem }
.field.review { border-left-color: var(--review) } .field.confirmed { border-left-color: var(--confirmed) } .field.corrected { border-left-color: var(--corrected) }
.field:target { outline: 3px solid #5b9bff }
.field > header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline }
.cell-and-value { display: flex; flex-wrap: wrap; gap: .6rem 1.8rem; align-items: center }
.cell-and-value > * { max-width: 100% }
.value { font-size: 1.25rem; overflow-wrap: anywhere; white-space: pre-line }
.sure { color: var(--soft); font-size: .88rem }
dl { display: grid; grid-template-columns: minmax(5rem, 9rem) minmax(0, 1fr); gap: .35rem 1rem; margin: .6rem 0 0 }
dt { color: var(--soft) }
dd { margin: 0; overflow-wrap: anywhere }
dd ul, dd ol, section ul { margin: 0; padding-left: 1.2rem }
q { white-space: pre-line }
.readings th, .readings td { padding: .1rem .7rem .1rem 0; border: 0; font-weight: 400 }
.reading { white-space: pre-line }
mark { background: color-mix(in srgb, var(--asked) 35%, transparent); color: inherit; border-bottom: 2px solid var(--asked) }
.flags code { color: var(--review) }
.checks { list-style: none; padding: 0 !important }
.checks li { padding: .25rem 0 }
.checks > li + li { border-top: 1px solid var(--line) }
.checks b { color: var(--accepted) } .checks .contradicted > b { color: var(--broken) } .checks .unconstrained > b { color: var(--soft) }
.numbers { display: block; font-variant-numeric: tabular-nums }
summary { color: var(--soft); cursor: pointer; font-size: .88rem }
@media (max-width: 46rem) { dl { grid-template-columns: minmax(0, 1fr) } dt { margin-top: .4rem } }
@media print { .bar, nav { display: none } body { background: #fff } .field, section { break-inside: avoid } }
`
