import type { Random } from './random.ts'

/** Red, green, blue, a byte each, row by row. */
export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** What printing, handling and scanning did to a page. Every strength 0 (or null) means untouched. */
export interface Wear {
  readonly dpi: number
  readonly skewDegrees: number
  /** Height of the arch that horizontal lines make, as a share of the page height. */
  readonly bow: number
  /** How much narrower the top is than the bottom, as a share of the width. */
  readonly keystone: number
  /** Size of the paper on the scanner's glass, 1 filling it; below 1 the glass shows around it. */
  readonly paperScale: number
  /** Grey of the scanner's lid around the paper, 0 to 255. */
  readonly lidGrey: number
  readonly blurSigmaPx: number
  /** Standard deviation of the sensor's noise in grey levels. */
  readonly noise: number
  /** Share of pixels turned into specks. */
  readonly salt: number
  /** 0 is full black ink, 1 is none left. */
  readonly faint: number
  /** Darkening towards one corner, as a share. */
  readonly shadow: number
  /** Strength of the back page's print showing through, as a share of ink. */
  readonly bleedThrough: number
  /** Grey of the paper itself; its tint where the scan is in colour. */
  readonly paper: readonly [number, number, number]
  readonly mode: 'colour' | 'grey' | 'bilevel'
  readonly jpegQuality: number
  readonly bilevelEncoding: 'ccitt' | 'flate'
  /** Scanners that store a page as several images give them this height in pixels; 0 for one image. */
  readonly stripHeight: number
  /** How the page lies on the glass, in quarter turns clockwise. */
  readonly quarterTurns: 0 | 1 | 2 | 3
  /** Whether the file says so (/Rotate), so that viewers show the page upright. */
  readonly turnIsDeclared: boolean
}

export const NO_WEAR: Wear = {
  dpi: 200,
  skewDegrees: 0,
  bow: 0,
  keystone: 0,
  paperScale: 1,
  lidGrey: 255,
  blurSigmaPx: 0,
  noise: 0,
  salt: 0,
  faint: 0,
  shadow: 0,
  bleedThrough: 0,
  paper: [255, 255, 255],
  mode: 'grey',
  jpegQuality: 75,
  bilevelEncoding: 'ccitt',
  stripHeight: 0,
  quarterTurns: 0,
  turnIsDeclared: false,
}

/** Where a pixel of the scan comes from on the print. */
export type PixelMap = (x: number, y: number) => readonly [number, number]

/** The map from scan pixels back to print pixels (both of the given size). */
export function scanToPrint(wear: Wear, width: number, height: number): PixelMap {
  const angle = (-wear.skewDegrees * Math.PI) / 180
  const cosine = Math.cos(angle) / wear.paperScale
  const sine = Math.sin(angle) / wear.paperScale
  return (x, y) => {
    const dx = x - width / 2
    const dy = y - height / 2
    const turnedX = dx * cosine - dy * sine
    const turnedY = dx * sine + dy * cosine
    const across = (2 * turnedX) / width
    const bowed = turnedY + wear.bow * height * (across * across - 0.5)
    const narrowed = turnedX * (1 - wear.keystone * (turnedY / height))
    return [narrowed + width / 2, bowed + height / 2]
  }
}

/** The way back: where a print pixel lands on the scan. Few steps suffice, since the distortion is small. */
export function printToScan(wear: Wear, width: number, height: number): PixelMap {
  const back = scanToPrint(wear, width, height)
  return (x, y) => {
    let [scanX, scanY] = [x, y]
    for (let step = 0; step < 12; step += 1) {
      const [printX, printY] = back(scanX, scanY)
      scanX += (x - printX) * 0.9
      scanY += (y - printY) * 0.9
    }
    return [scanX, scanY]
  }
}

/** Lays the print on the glass: skew, bow, keystone, margins; outside the paper lies the lid. */
export function placeOnGlass(print: Pixels, wear: Wear): Pixels {
  const { width, height } = print
  const back = scanToPrint(wear, width, height)
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = back(x, y)
      sampleInto(print, fromX, fromY, wear.lidGrey, data, (y * width + x) * 3)
    }
  }
  return { width, height, data }
}

function sampleInto(image: Pixels, x: number, y: number, outside: number, target: Uint8Array, at: number): void {
  const left = Math.floor(x)
  const top = Math.floor(y)
  if (left < 0 || top < 0 || left >= image.width - 1 || top >= image.height - 1) {
    target.fill(outside, at, at + 3)
    return
  }
  const fx = x - left
  const fy = y - top
  const start = (top * image.width + left) * 3
  const below = start + image.width * 3
  for (let channel = 0; channel < 3; channel += 1) {
    const upper = byte(image, start + channel) * (1 - fx) + byte(image, start + 3 + channel) * fx
    const lower = byte(image, below + channel) * (1 - fx) + byte(image, below + 3 + channel) * fx
    target[at + channel] = upper * (1 - fy) + lower * fy + 0.5
  }
}

const byte = (image: Pixels, at: number): number => image.data[at] ?? 255

/** Faint print, paper tint and the back page showing through: what the paper itself looks like. */
export function agePaper(print: Pixels, wear: Wear): Pixels {
  const { width, height } = print
  const data = new Uint8Array(print.data.length)
  const shift = Math.round(height * 0.012)
  for (let y = 0; y < height; y += 1) {
    const backY = Math.min(height - 1, y + shift)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3
      const mirrored = (backY * width + (width - 1 - x)) * 3
      for (let channel = 0; channel < 3; channel += 1) {
        const ink = (255 - byte(print, at + channel)) * (1 - wear.faint)
        const through = (255 - byte(print, mirrored + channel)) * wear.bleedThrough
        const paper = wear.paper[channel] ?? 255
        data[at + channel] = Math.max(0, (paper * (255 - Math.max(ink, through))) / 255)
      }
    }
  }
  return { width, height, data }
}

/** Light and sensor: a gradient towards one corner, noise, specks. */
export function exposeToSensor(image: Pixels, wear: Wear, random: Random): Pixels {
  const { width, height } = image
  const data = new Uint8Array(image.data.length)
  const cornerX = random.chance(0.5) ? 0 : 1
  const cornerY = random.chance(0.5) ? 0 : 1
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const near = 1 - (Math.abs(x / width - cornerX) * 0.7 + Math.abs(y / height - cornerY) * 0.3)
      const light = 1 - wear.shadow * near
      const grain = wear.noise === 0 ? 0 : random.normal() * wear.noise
      const at = (y * width + x) * 3
      const speck = wear.salt > 0 && random.chance(wear.salt) ? (random.chance(0.7) ? -140 : 120) : 0
      for (let channel = 0; channel < 3; channel += 1) {
        data[at + channel] = Math.min(255, Math.max(0, byte(image, at + channel) * light + grain + speck))
      }
    }
  }
  return { width, height, data }
}

/** The image turned clockwise by quarter turns. */
export function turnQuarters(image: Pixels, quarterTurns: 0 | 1 | 2 | 3): Pixels {
  if (quarterTurns === 0) return image
  const { width, height, data } = image
  const [newWidth, newHeight] = quarterTurns === 2 ? [width, height] : [height, width]
  const turned = new Uint8Array(data.length)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [toX, toY] = turnPoint(x, y, width, height, quarterTurns)
      const from = (y * width + x) * 3
      const to = (toY * newWidth + toX) * 3
      turned[to] = data[from] ?? 255
      turned[to + 1] = data[from + 1] ?? 255
      turned[to + 2] = data[from + 2] ?? 255
    }
  }
  return { width: newWidth, height: newHeight, data: turned }
}

function turnPoint(x: number, y: number, width: number, height: number, turns: 1 | 2 | 3): [number, number] {
  if (turns === 1) return [height - 1 - y, x]
  if (turns === 2) return [width - 1 - x, height - 1 - y]
  return [y, width - 1 - x]
}
