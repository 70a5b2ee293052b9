interface Sample {
  readonly seconds: number
  readonly parentMib: number
  readonly childrenMib: number
}

const [WIDTH, HEIGHT, LEFT, BOTTOM] = [760, 320, 60, 40]

/** Resident memory over the time of a run: the parent, and all page processes together. */
export function memorySvg(title: string, samples: readonly Sample[]): string {
  const longest = Math.max(1, ...samples.map(({ seconds }) => seconds))
  const most = Math.max(1, ...samples.map(({ parentMib, childrenMib }) => Math.max(parentMib, childrenMib)))
  const x = (seconds: number) => LEFT + (seconds / longest) * (WIDTH - LEFT - 10)
  const y = (mib: number) => HEIGHT - BOTTOM - (mib / most) * (HEIGHT - BOTTOM - 30)
  const line = (of: (sample: Sample) => number, color: string) =>
    `<polyline fill="none" stroke="${color}" points="${samples
      .map((sample) => `${x(sample.seconds).toFixed(1)},${y(of(sample)).toFixed(1)}`)
      .join(' ')}"/>`
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const mib = share * most
    return `<text x="${LEFT - 6}" y="${y(mib) + 4}" text-anchor="end">${Math.round(mib)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
<text x="${LEFT}" y="18">${title}: resident memory, MiB, over ${Math.round(longest)} s (blue: parent, grey: page processes)</text>
${ticks.join('')}
${line(({ childrenMib }) => childrenMib, '#999')}
${line(({ parentMib }) => parentMib, '#1f5fbf')}
</svg>
`
}
