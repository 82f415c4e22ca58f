/** A packed file without what changes from one writing to the next: names made of chance, and the hour. */
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'

/** The first moment a zip can name. */
const MOMENT = new Date(1980, 0, 1)
const CHANCE = /"rId[\w-]{15,}"/g

export function steadyPackage(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = unzipSync(bytes)
  const names = Object.keys(parts).sort(contentTypesFirst)
  const ids = new Map<string, string>()
  for (const name of names.filter((each) => each.endsWith('.rels'))) {
    for (const [id] of strFromU8(parts[name] as Uint8Array).matchAll(CHANCE)) ids.set(id, `"rIdLink${ids.size + 1}"`)
  }
  const steady: Zippable = {}
  for (const name of names) {
    const part = parts[name] as Uint8Array
    steady[name] = [isXml(name) ? strToU8(withoutChance(strFromU8(part), ids)) : part, { mtime: MOMENT, level: 6 }]
  }
  return zipSync(steady, { mtime: MOMENT }) as Uint8Array<ArrayBuffer>
}

/** Whoever reads as it comes wants the list of what is in it first. */
function contentTypesFirst(a: string, b: string): number {
  const first = '[Content_Types].xml'
  if (a === first || b === first) return a === first ? -1 : 1
  return a < b ? -1 : 1
}

function isXml(name: string): boolean {
  return /\.(?:xml|rels)$/.test(name)
}

function withoutChance(xml: string, ids: ReadonlyMap<string, string>): string {
  return xml
    .replace(/<dcterms:(created|modified)[^>]*>[^<]*<\/dcterms:\1>/g, '')
    .replace(CHANCE, (id) => ids.get(id) ?? id)
}
