import type { Voice } from '../../language/voice.ts'

/** What the page's script says itself; it fills the places in braces. */
export function scriptWords({ say }: Voice): Readonly<Record<string, string>> {
  return {
    nothing: say('(nothing)'),
    empty: say('(empty)'),
    noValue: say('(no value)'),
    enlarged: say('the place enlarged'),
    or: say('{confidence}; or {others}'),
    readings: say('Readings'),
    lineNumber: say('line {line}, '),
    glyphs: say('glyphs {size} px'),
    dirt: say(': dirt, shown to nobody'),
    unasked: say(': nobody was asked'),
    raw: say('raw: {raw}'),
    flags: say('Flags'),
    evidence: say('Evidence'),
    candidates: say('Candidates'),
    because: say('chosen because {why}'),
    cellFlags: say('Flags of the cell'),
    position: say('{at} of {all}'),
  }
}
