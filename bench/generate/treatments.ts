import type { Severity, WornPage } from './draw-wear.ts'
import { overlayHtml, roundSeal } from './marks.ts'
import type { PaperSize, RulingStyle } from './page-html.ts'
import type { Random } from './random.ts'
import { NO_WEAR, type Wear } from './wear.ts'

/**
 * Kinds of pages for which accuracy is stated apart. office: 200 to 300 dpi, little skew, JPEG 45 to 60; rough: 150 dpi
 * with noise, JPEG 45; marked: a seal over cells, on its side, bilevel, or faint in a shadow; stress: hard on the grid.
 */
export const TREATMENTS = ['office', 'rough', 'marked', 'stress'] as const
export type Treatment = (typeof TREATMENTS)[number]

/** How a page is worn: a severity draws from everything, a treatment is one kind of page. */
export type WearManner = Severity | Treatment

export function isTreatment(manner: WearManner): manner is Treatment {
  return TREATMENTS.some((treatment) => treatment === manner)
}

/** Rulings that a treatment asks for; null where any will do. */
export function rulingsOf(treatment: Treatment, random: Random): RulingStyle | null {
  if (treatment !== 'stress') return null
  return random.pick(['hairline', 'thick', 'dotted', 'dashed', 'double-frame', 'grey', 'open-sides', 'solid'] as const)
}

/** Draws one page of a treatment. */
export function drawTreatment(treatment: Treatment, paper: PaperSize, publisher: string, random: Random): WornPage {
  if (treatment === 'office') return plain(officeWear(random), ['office'])
  if (treatment === 'rough') return plain(roughWear(random), ['rough'])
  if (treatment === 'marked') return drawMarked(paper, publisher, random)
  return drawStress(random)
}

function plain(wear: Wear, names: readonly string[]): WornPage {
  return { wear, overlay: '', names: [...names, `${wear.dpi} dpi`, wear.mode] }
}

function officeWear(random: Random): Wear {
  const dpi = random.pick([200, 240, 300])
  return {
    ...NO_WEAR,
    dpi,
    mode: random.chance(0.25) ? 'colour' : 'grey',
    skewDegrees: random.between(-1.5, 1.5),
    blurSigmaPx: random.between(0.3, 0.8) * (dpi / 200),
    noise: random.between(1, 5),
    salt: random.chance(0.5) ? 0 : random.between(0.00005, 0.0004),
    faint: random.between(0, 0.15),
    paper: [248, 248, 248],
    jpegQuality: random.integer(45, 60),
  }
}

function roughWear(random: Random): Wear {
  return {
    ...officeWear(random),
    dpi: 150,
    blurSigmaPx: random.between(0.3, 0.6),
    noise: random.between(5, 9),
    salt: random.between(0.0002, 0.002),
    jpegQuality: 45,
  }
}

function drawMarked(paper: PaperSize, publisher: string, random: Random): WornPage {
  const base = officeWear(random)
  switch (random.pick(['seal', 'side', 'bilevel', 'faint'] as const)) {
    case 'seal': {
      const place = [random.between(0.3, 0.8) * paper.widthMm, random.between(0.35, 0.75) * paper.heightMm] as const
      const seal = roundSeal(publisher.slice(0, 14), ...place, random.integer(-30, 30), random.between(0.55, 0.85))
      const wear: Wear = { ...base, mode: random.pick(['colour', 'colour', 'grey'] as const) }
      return { ...plain(wear, ['marked', 'round seal']), overlay: overlayHtml([seal], paper) }
    }
    case 'side': {
      const quarterTurns = random.pick([1, 2, 3] as const)
      return plain({ ...base, quarterTurns, turnIsDeclared: random.chance(0.5) }, ['marked', 'on its side'])
    }
    case 'bilevel':
      return plain({ ...base, mode: 'bilevel', bilevelEncoding: random.pick(['ccitt', 'flate'] as const) }, ['marked'])
    case 'faint':
      return plain({ ...base, faint: random.between(0.35, 0.5), shadow: random.between(0.15, 0.3) }, [
        'marked',
        'faint',
        'shadow',
      ])
  }
}

function drawStress(random: Random): WornPage {
  const base: Wear = { ...officeWear(random), dpi: random.pick([120, 150, 200, 200]) }
  const sign = random.chance(0.5) ? 1 : -1
  switch (random.pick(['bow', 'keystone', 'skew', 'lid', 'plain'] as const)) {
    case 'bow':
      return plain({ ...base, bow: sign * random.between(0.003, 0.008) }, ['stress', 'bow'])
    case 'keystone':
      return plain({ ...base, keystone: random.between(0.01, 0.03) }, ['stress', 'keystone'])
    case 'skew':
      return plain({ ...base, skewDegrees: sign * random.between(3, 8) }, ['stress', 'strong skew'])
    case 'lid':
      return plain({ ...base, paperScale: random.between(0.93, 0.98), lidGrey: random.pick([20, 90, 230]) }, [
        'stress',
        'scanner lid',
      ])
    case 'plain':
      return plain(base, ['stress'])
  }
}
