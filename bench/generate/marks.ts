import type { PaperSize } from './page-html.ts'
import type { Random } from './random.ts'

/** A mark that lies over the print, as SVG in millimetres of the paper. */
export type Mark = string

/** Wraps marks into one layer over the page. */
export function overlayHtml(marks: readonly Mark[], paper: PaperSize): string {
  if (marks.length === 0) return ''
  const { widthMm, heightMm } = paper
  const place = `position:absolute;left:0;top:0;width:${widthMm}mm;height:${heightMm}mm;mix-blend-mode:multiply`
  return `<svg class="overlay" style="${place}" viewBox="0 0 ${widthMm} ${heightMm}">${marks.join('')}</svg>`
}

/** A round red office seal, 40 mm across, its text along the upper arc, a star in the middle. */
export function roundSeal(text: string, xMm: number, yMm: number, turnDegrees: number, opacity = 0.75): Mark {
  const radius = 20
  const step = Math.min(26, 250 / Math.max(1, text.length))
  const letters = [...text].map((letter, index) => {
    const angle = (index - (text.length - 1) / 2) * step
    return `<text transform="rotate(${angle.toFixed(2)}) translate(0,-14.2)" text-anchor="middle" font-size="4.6" fill="#d3201f">${letter}</text>`
  })
  const star = Array.from({ length: 10 }, (_, index) => {
    const length = index % 2 === 0 ? 6 : 2.3
    const angle = (index * Math.PI) / 5
    return `${(Math.sin(angle) * length).toFixed(2)},${(-Math.cos(angle) * length).toFixed(2)}`
  })
  return `<g transform="translate(${xMm},${yMm}) rotate(${turnDegrees})" opacity="${opacity}" font-family="'Noto Serif CJK SC'"><circle r="${radius}" fill="none" stroke="#d3201f" stroke-width="1.1"/>${letters.join('')}<polygon points="${star.join(' ')}" fill="#d3201f"/></g>`
}

/** A square red name seal of four characters. */
export function nameSeal(text: string, xMm: number, yMm: number, opacity = 0.7): Mark {
  const [a = '', b = '', c = '', d = ''] = [...text]
  const letter = (value: string, x: number, y: number): string =>
    `<text x="${x}" y="${y}" font-size="7" text-anchor="middle" fill="#c8232b">${value}</text>`
  return `<g transform="translate(${xMm},${yMm})" opacity="${opacity}" font-family="'Noto Serif CJK SC'"><rect width="18" height="18" fill="none" stroke="#c8232b" stroke-width="1.2"/>${letter(a, 13, 8)}${letter(b, 13, 16)}${letter(c, 5, 8)}${letter(d, 5, 16)}</g>`
}

/** A blue stamp with a date, as registries put on incoming papers. */
export function blueStamp(text: string, xMm: number, yMm: number, turnDegrees: number): Mark {
  return `<g transform="translate(${xMm},${yMm}) rotate(${turnDegrees})" opacity=".65" font-family="'Noto Sans CJK SC'"><rect width="46" height="13" fill="none" stroke="#2437a8" stroke-width=".8"/><text x="23" y="9" font-size="6" text-anchor="middle" fill="#2437a8">${text}</text></g>`
}

/** Two holes of a binder at the left edge. */
export function punchHoles(paper: PaperSize): Mark {
  const middle = paper.heightMm / 2
  return [-40, 40].map((dy) => `<circle cx="9" cy="${middle + dy}" r="2.9" fill="#4a4a4a"/>`).join('')
}

/** A staple near the top left corner with the shadow of the folded paper. */
export function staple(): Mark {
  return '<g transform="translate(9,9) rotate(-38)"><rect x="-5" y="-.4" width="10" height=".8" fill="#555"/><rect x="-5" y=".5" width="10" height=".5" fill="#bbb"/></g>'
}

/** A run of loops and dashes, as a hand leaves them in the margin. */
export function handStrokes(random: Random, xMm: number, yMm: number, isBlue: boolean): Mark {
  let path = `M${xMm},${yMm}`
  for (let index = 0; index < random.integer(4, 9); index += 1) {
    const [dx, dy] = [random.between(1, 5), random.between(-5, 5)]
    path += `q${(dx / 2).toFixed(1)},${(dy * 1.4).toFixed(1)} ${dx.toFixed(1)},${(dy / 3).toFixed(1)}`
  }
  return `<path d="${path}" fill="none" stroke="${isBlue ? '#27348b' : '#333'}" stroke-width="${random.between(0.35, 0.7).toFixed(2)}" stroke-linecap="round"/>`
}

/** A tick beside a row, a habit of those who check tables. */
export function tick(xMm: number, yMm: number): Mark {
  return `<path d="M${xMm},${yMm}l1.6,2.2 3.2,-5" fill="none" stroke="#333" stroke-width=".5"/>`
}
