export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  /** All text inside, that of children too. */
  readonly text: string
}

interface OpenElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  text: string
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }
const ATTRIBUTE = /\s+([\w:-]+)="([^"<]*)"/g

/** Reads XML without CDATA and comments; throws where it is not well-formed, or says what XML has no place for. */
export function parseXml(text: string): XmlElement {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.test(text))
    throw new Error('not a text of XML')
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  const body = text.replace(/^<\?xml[^>]*\?>\s*/, '').replace(/^<!DOCTYPE html>\s*/, '')
  for (const part of body.match(/<[^>]*>|[^<]+/g) ?? []) readPart(part, open)
  const [only, ...others] = root.children
  if (open.length !== 1 || only === undefined || others.length > 0) throw new Error('not one element with all closed')
  return only
}

function readPart(part: string, open: OpenElement[]): void {
  const inner = open.at(-1)
  if (inner === undefined) throw new Error('nothing is open')
  if (!part.startsWith('<')) {
    const text = decode(part)
    for (const element of open) element.text += text
  } else if (part.startsWith('</')) {
    if (part !== `</${inner.name}>`) throw new Error(`${part} closes ${inner.name}`)
    open.pop()
  } else {
    const element = readTag(part)
    inner.children.push(element)
    if (!part.endsWith('/>')) open.push(element)
  }
}

function readTag(tag: string): OpenElement {
  const match = /^<([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*\/?>$/.exec(tag)
  if (match === null) throw new Error(`not a tag: ${tag}`)
  const attributes: Record<string, string> = {}
  for (const [, name = '', value = ''] of (match[2] ?? '').matchAll(ATTRIBUTE)) {
    if (name in attributes) throw new Error(`${name} twice: ${tag}`)
    attributes[name] = decode(value)
  }
  return { name: match[1] ?? '', attributes, children: [], text: '' }
}

function decode(text: string): string {
  return text.replaceAll(/&([^;]*);?/g, (all, name: string) => {
    const character = ENTITIES[name]
    if (character === undefined || !all.endsWith(';')) throw new Error(`no entity of XML: ${all}`)
    return character
  })
}

/** An element and all in it, in the order of the text. */
export function everyElement(element: XmlElement): readonly XmlElement[] {
  return [element, ...element.children.flatMap(everyElement)]
}
