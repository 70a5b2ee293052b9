import { bestTurn, findOrientation } from './find-orientation.ts'
import { findSkew } from './find-skew.ts'
import { flattenLight, inkOf } from './flatten-light.ts'
import type { AffineMap, ColorImage, GreyImage, QuarterTurns, UprightPage } from './image.ts'
import { liftGreySeals } from './lift-grey-seals.ts'
import { liftSeals } from './lift-seals.ts'
import { liftStreaks } from './lift-streaks.ts'
import { composeMaps, inverseOf, mapBox, mapOfDeskew, mapOfQuarterTurns, resample, turnByQuarters } from './resample.ts'
import { turnReversePrint } from './turn-reverse-print.ts'

/** A slope below this moves a line of A4 width by about a pixel: resampling would cost more than it mends. */
const SMALLEST_SKEW_DEGREES = 0.03

/**
 * Makes a page ready to be read: seals and streaks lifted, reverse print turned, upright, deskewed. `quarterTurns` (clockwise) overrides what the
 * page's content suggests, for a reader that tried the candidates.
 */
export function toUprightPage(image: ColorImage, options: { readonly quarterTurns?: QuarterTurns } = {}): UprightPage {
  const { grey: sealless, sealShare } = liftSeals(image)
  const { grey: turned, grounds } = turnReversePrint(sealless)
  const streakless = liftStreaks(turned)
  const flatAtFirst = flattenLight(streakless)
  const { grey, sealShare: greyShare } = liftGreySeals(streakless, flatAtFirst)
  const flat = grey === streakless ? flatAtFirst : flattenLight(grey)
  const ink = inkOf(flat)
  const skew = findSkew(flat, ink)
  const orientationCandidates = findOrientation(ink)
  const quarterTurns = options.quarterTurns ?? bestTurn(orientationCandidates)
  const standing = turnByQuarters(grey, quarterTurns)
  const turnMap = mapOfQuarterTurns(quarterTurns, grey.width, grey.height)
  const straight = deskew(standing, skew.degrees)
  const isUntouched = straight.grey === grey
  const darkness = isUntouched ? flat : flattenLight(straight.grey)
  const toSource = composeMaps(turnMap, straight.map)
  return {
    grey: straight.grey,
    darkness,
    structure: isUntouched ? ink : inkOf(darkness),
    toSource,
    grounds: grounds.map((box) => mapBox(inverseOf(toSource), box)),
    skewDegrees: skew.degrees,
    quarterTurns,
    orientationCandidates,
    sealShare: sealShare + greyShare,
  }
}

function deskew(grey: GreyImage, degrees: number): { grey: GreyImage; map: AffineMap } {
  if (Math.abs(degrees) < SMALLEST_SKEW_DEGREES) return { grey, map: { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 } }
  const { map, width, height } = mapOfDeskew(degrees, grey.width, grey.height)
  return { grey: resample(grey, map, width, height), map }
}
