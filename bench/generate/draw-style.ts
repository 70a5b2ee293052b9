import type { PaperSize, RulingStyle, SheetStyle } from './page-html.ts'
import type { Random } from './random.ts'
import { isTreatment, rulingsOf, type WearManner } from './treatments.ts'

/** Types that stand in for what offices use: two songs, two kais, a hei, and mixtures with Latin digits. */
const BODY_FONTS: readonly string[] = [
  "'AR PL UMing CN','Noto Serif CJK SC'",
  "'AR PL SungtiL GB','AR PL UMing CN','Noto Serif CJK SC'",
  "'Noto Serif CJK SC'",
  "'Noto Sans CJK SC'",
  "'AR PL UKai CN','AR PL UMing CN','Noto Serif CJK SC'",
  "'AR PL KaitiM GB','AR PL UKai CN','Noto Serif CJK SC'",
  "'WenQuanYi Micro Hei','Noto Sans CJK SC'",
  "'DejaVu Sans','Noto Sans CJK SC'",
]

const HEADING_FONTS: readonly string[] = [
  "'Noto Sans CJK SC'",
  "'Noto Serif CJK SC'",
  "'AR PL UKai CN','Noto Serif CJK SC'",
]

const SCAN_RULINGS: readonly RulingStyle[] = [
  'solid',
  'hairline',
  'thick',
  'dotted',
  'dashed',
  'double-frame',
  'grey',
  'open-sides',
]
const DIGITAL_RULINGS: readonly RulingStyle[] = [
  'solid',
  'hairline',
  'grey',
  'double-frame',
  'open-sides',
  'horizontal-only',
  'none',
]

/** A look for a table on `paper` (`wear` null: a digital one); half of all tables have plain solid rulings. */
export function drawStyle(paper: PaperSize, columnCount: number, wear: WearManner | null, random: Random): SheetStyle {
  const asked = wear !== null && isTreatment(wear) ? rulingsOf(wear, random.fork('rulings')) : null
  const isWide = paper.widthMm > 350
  const isDense = columnCount > 12 || paper.widthMm < 250
  const fontSizePt = isWide ? random.between(9, 10.5) : isDense ? random.between(7, 8.2) : random.between(7.2, 9.2)
  return {
    paper,
    marginMm: random.integer(9, 15),
    fontFamily: random.pick(BODY_FONTS),
    headingFamily: random.pick(HEADING_FONTS),
    fontSizePt: Math.round(fontSizePt * 10) / 10,
    rulings: asked ?? (random.chance(0.5) ? 'solid' : random.pick(wear !== null ? SCAN_RULINGS : DIGITAL_RULINGS)),
    cellPaddingPt: Math.round(random.between(1, 3) * 10) / 10,
    breaksAnywhere: random.chance(0.3),
    shadedHeader: random.chance(0.25),
    boldHeader: random.chance(0.5),
    minRowHeightPt: random.integer(14, 26),
  }
}
