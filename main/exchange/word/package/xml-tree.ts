/** XML as a tree. No entity is ever expanded and nothing outside the text is ever read. */
import { SaxesParser, type SaxesTagNS } from 'saxes'
import { Refused } from './refused.ts'

export interface XmlElement {
  /** With the prefix that is usual for its namespace, whatever the file calls it: `w:p`. */
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

const OOXML = 'http://schemas.openxmlformats.org'
/** The strict edition of the format has namespaces of its own for the same things. */
const STRICT = 'http://purl.oclc.org/ooxml'

const PREFIXES: Readonly<Record<string, string>> = {
  [`${OOXML}/wordprocessingml/2006/main`]: 'w',
  [`${STRICT}/wordprocessingml/main`]: 'w',
  'http://schemas.microsoft.com/office/word/2010/wordml': 'w14',
  [`${OOXML}/officeDocument/2006/math`]: 'm',
  [`${STRICT}/officeDocument/math`]: 'm',
  [`${OOXML}/officeDocument/2006/relationships`]: 'r',
  [`${STRICT}/officeDocument/relationships`]: 'r',
  [`${OOXML}/drawingml/2006/main`]: 'a',
  [`${STRICT}/drawingml/main`]: 'a',
  [`${OOXML}/drawingml/2006/wordprocessingDrawing`]: 'wp',
  [`${STRICT}/drawingml/wordprocessingDrawing`]: 'wp',
  [`${OOXML}/drawingml/2006/picture`]: 'pic',
  [`${STRICT}/drawingml/picture`]: 'pic',
  [`${OOXML}/package/2006/relationships`]: 'rel',
  [`${OOXML}/markup-compatibility/2006`]: 'mc',
  'urn:schemas-microsoft-com:vml': 'v',
  'http://www.w3.org/XML/1998/namespace': 'xml',
}

/** A document of ours has about twelve; a hostile one can end the stack of whoever walks it. */
const DEEPEST = 256
/** About that of four million words. */
const MOST_ELEMENTS = 4_000_000

interface OpenElement {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: (XmlElement | string)[]
}

/** Throws `Refused` for what is not well-formed, declares entities, or is deeper or larger than any document. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true })
  const top: OpenElement = { name: '', attributes: {}, children: [] }
  const open: OpenElement[] = [top]
  let elements = 0
  parser.on('error', () => {
    throw new Refused('damaged')
  })
  parser.on('doctype', () => {
    throw new Refused('hostile')
  })
  parser.on('opentag', (tag: SaxesTagNS) => {
    if (open.length > DEEPEST) throw new Refused('hostile')
    if (++elements > MOST_ELEMENTS) throw new Refused('too-big')
    const element: OpenElement = { name: usualName(tag.uri, tag.local), attributes: attributesOf(tag), children: [] }
    open.at(-1)?.children.push(element)
    open.push(element)
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const words = (value: string): void => {
    open.at(-1)?.children.push(value)
  }
  parser.on('text', words)
  parser.on('cdata', words)
  parser.write(text).close()
  const root = top.children.find((child) => typeof child !== 'string')
  if (root === undefined || typeof root === 'string') throw new Refused('damaged')
  return root
}

function usualName(uri: string, local: string): string {
  return `${PREFIXES[uri] ?? '?'}:${local}`
}

function attributesOf(tag: SaxesTagNS): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const attribute of Object.values(tag.attributes)) {
    const name = attribute.uri === '' ? attribute.local : usualName(attribute.uri, attribute.local)
    attributes[name] = attribute.value
  }
  return attributes
}

export function isElement(node: XmlElement | string): node is XmlElement {
  return typeof node !== 'string'
}

export function elementsOf(element: XmlElement | undefined): XmlElement[] {
  return element?.children.filter(isElement) ?? []
}

/** The first element of this name directly inside, or one along a path of names. */
export function within(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let found = element
  for (const name of path) found = elementsOf(found).find((child) => child.name === name)
  return found
}

/** The `val` of a property's element, or null. */
export function valueOf(element: XmlElement | undefined): string | null {
  return element?.attributes['w:val'] ?? element?.attributes['m:val'] ?? null
}

/** Whether a property that is on or off is on; null when the file does not say. */
export function isOn(element: XmlElement | undefined): boolean | null {
  if (element === undefined) return null
  return !['0', 'false', 'off', 'none'].includes(valueOf(element) ?? '1')
}

/** All elements of a name, however deep. */
export function descendants(element: XmlElement | undefined, name: string): XmlElement[] {
  return elementsOf(element).flatMap((child) =>
    child.name === name ? [child, ...descendants(child, name)] : descendants(child, name),
  )
}

export function textOf(element: XmlElement | string): string {
  return typeof element === 'string' ? element : element.children.map(textOf).join('')
}
