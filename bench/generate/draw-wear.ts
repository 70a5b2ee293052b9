import {
  blueStamp,
  handStrokes,
  type Mark,
  nameSeal,
  overlayHtml,
  punchHoles,
  roundSeal,
  staple,
  tick,
} from './marks.ts'
import type { PaperSize } from './page-html.ts'
import type { Random } from './random.ts'
import { drawTreatment, isTreatment, type WearManner } from './treatments.ts'
import { NO_WEAR, type Wear } from './wear.ts'

/** How hard a page was treated. */
export type Severity = 'light' | 'ordinary' | 'hard'

export interface WornPage {
  readonly wear: Wear
  readonly overlay: string
  /** What was done, in words, for tables of results. */
  readonly names: readonly string[]
}

/** Draws what happened to one scanned page. */
export function drawWear(manner: WearManner, paper: PaperSize, publisherName: string, random: Random): WornPage {
  if (isTreatment(manner)) return drawTreatment(manner, paper, publisherName, random)
  return drawSeverity(manner, paper, publisherName, random)
}

function drawSeverity(severity: Severity, paper: PaperSize, publisherName: string, random: Random): WornPage {
  const base = baseWear(severity, random)
  const names: string[] = [severity, `${base.dpi} dpi`, base.mode]
  let wear = base
  const happens = (name: string, light: number, ordinary: number, hard: number): boolean => {
    const isSo = random.chance({ light, ordinary, hard }[severity])
    if (isSo) names.push(name)
    return isSo
  }
  if (happens('on its side', 0, 0.1, 0.15))
    wear = { ...wear, quarterTurns: random.pick([1, 2, 3] as const), turnIsDeclared: random.chance(0.5) }
  if (happens('bow', 0, 0.1, 0.3)) wear = { ...wear, bow: random.between(0.002, 0.006) * (random.chance(0.5) ? 1 : -1) }
  if (happens('keystone', 0, 0.1, 0.3)) wear = { ...wear, keystone: random.between(0.005, 0.02) }
  if (happens('faint', 0, 0.15, 0.35)) wear = { ...wear, faint: random.between(0.3, 0.5) }
  if (happens('shadow', 0.1, 0.3, 0.5)) wear = { ...wear, shadow: random.between(0.1, 0.3) }
  if (happens('bleed-through', 0, 0.15, 0.3)) wear = { ...wear, bleedThrough: random.between(0.06, 0.14) }
  if (happens('scanner lid', 0.05, 0.2, 0.4)) {
    wear = { ...wear, paperScale: random.between(0.94, 0.985), lidGrey: random.pick([25, 60, 120, 235]) }
  }
  if (happens('strong skew', 0, 0, 0.12))
    wear = { ...wear, skewDegrees: random.between(5, 8) * (random.chance(0.5) ? 1 : -1) }
  const marks = drawMarks(severity, paper, publisherName, random, names)
  if (wear.mode === 'bilevel') wear = asThresholdedByScanner(wear, random)
  else if (happens('strips', 0.05, 0.1, 0.1)) wear = { ...wear, stripHeight: random.pick([256, 512, 800]) }
  const hasColour = marks.isColoured && wear.mode !== 'bilevel'
  if (hasColour && random.chance(0.75)) wear = { ...wear, mode: 'colour' }
  return { wear, overlay: overlayHtml(marks.marks, paper), names }
}

/** Scanners choose their threshold so that the print stays legible: what would drown it is held in bounds. */
function asThresholdedByScanner(wear: Wear, random: Random): Wear {
  return {
    ...wear,
    faint: Math.min(wear.faint, 0.1),
    shadow: Math.min(wear.shadow, 0.06),
    noise: Math.min(wear.noise, 4),
    bleedThrough: Math.min(wear.bleedThrough, 0.05),
    bilevelEncoding: random.chance(0.5) ? 'ccitt' : 'flate',
  }
}

function baseWear(severity: Severity, random: Random): Wear {
  const isLight = severity === 'light'
  const mode = random.chance(isLight ? 0.1 : 0.14) ? 'bilevel' : random.chance(0.3) ? 'colour' : 'grey'
  const dpi = isLight
    ? random.pick([200, 200, 300])
    : severity === 'ordinary'
      ? random.pick([150, 200, 200, 300])
      : random.pick([120, 150, 150, 200])
  const grey = random.integer(238, 254)
  return {
    ...NO_WEAR,
    // Thresholded print below 200 dpi cannot be read by anybody.
    dpi: mode === 'bilevel' ? Math.max(200, dpi) : dpi,
    mode,
    skewDegrees: random.between(-1, 1) * { light: 0.6, ordinary: 1.6, hard: 3 }[severity],
    blurSigmaPx: random.between(0.3, { light: 0.7, ordinary: 0.9, hard: 1.1 }[severity]) * (dpi / 200),
    noise: random.between(1, { light: 4, ordinary: 7, hard: 11 }[severity]),
    salt: random.chance(0.5) ? 0 : random.between(0.00005, { light: 0.0002, ordinary: 0.0008, hard: 0.003 }[severity]),
    faint: random.between(0, 0.15),
    paper: mode === 'colour' ? [grey, grey - random.integer(0, 4), grey - random.integer(2, 14)] : [grey, grey, grey],
    jpegQuality: random.integer({ light: 55, ordinary: 45, hard: 40 }[severity], 75),
  }
}

function drawMarks(
  severity: Severity,
  paper: PaperSize,
  publisherName: string,
  random: Random,
  names: string[],
): { marks: readonly Mark[]; isColoured: boolean } {
  const marks: Mark[] = []
  let isColoured = false
  const often = { light: 0.12, ordinary: 0.22, hard: 0.35 }[severity]
  const { widthMm, heightMm } = paper
  const add = (name: string, mark: Mark, hasColour: boolean): void => {
    names.push(name)
    marks.push(mark)
    isColoured ||= hasColour
  }
  if (random.chance(often)) {
    const place = [random.between(0.3, 0.85) * widthMm, random.between(0.35, 0.75) * heightMm] as const
    add(
      'round seal',
      roundSeal(publisherName.slice(0, 14), ...place, random.integer(-30, 30), random.between(0.55, 0.85)),
      true,
    )
  }
  if (random.chance(often * 0.6)) {
    add(
      'name seal',
      nameSeal('张伟之印', random.between(0.2, 0.8) * widthMm, random.between(0.3, 0.8) * heightMm),
      true,
    )
  }
  if (random.chance(often * 0.6)) {
    add(
      'blue stamp',
      blueStamp(
        '已审核 2024.01.18',
        random.between(0.05, 0.75) * widthMm,
        random.between(0.02, 0.8) * heightMm,
        random.integer(-8, 8),
      ),
      true,
    )
  }
  if (random.chance(often)) add('punch holes', punchHoles(paper), false)
  if (random.chance(often)) add('staple', staple(), false)
  if (random.chance(often)) {
    const strokes = Array.from({ length: random.integer(1, 3) }, () =>
      handStrokes(
        random,
        random.between(2, widthMm - 40),
        random.chance(0.5) ? random.between(4, 12) : heightMm - random.between(5, 14),
        random.chance(0.5),
      ),
    )
    add('handwriting', strokes.join(''), true)
  }
  if (random.chance(often * 0.5)) {
    const ticks = Array.from({ length: random.integer(2, 6) }, (_, index) =>
      tick(widthMm - 8, 50 + index * random.between(9, 14)),
    )
    add('ticks', ticks.join(''), false)
  }
  return { marks, isColoured }
}
