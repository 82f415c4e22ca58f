/** Which file of the built page an address stands for. */
import path from 'node:path'
import { type DocumentId, isDocumentId } from '../shared/ids.ts'

/** File name ending -> media type. A file of any other kind is not part of the page. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

export const PAGE_SCHEME = 'app'
export const PAGE_HOST = 'sheaf'
/** The origin of our own pages, and the only one whose requests are heard. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`
export const PAGE_ADDRESS = `${PAGE_ORIGIN}/`

export interface BundleFile {
  readonly path: string
  readonly mediaType: string
}

/** The file inside the bundle that an address names, or null for every address that names none. */
export function bundleFile(bundle: string, address: string): BundleFile | null {
  let names: string
  try {
    const url = new URL(address)
    if (url.protocol !== `${PAGE_SCHEME}:` || url.host !== PAGE_HOST || url.username !== '') return null
    names = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  if (names.includes('\0') || names.includes('\\') || names.includes(':')) return null
  const root = path.resolve(bundle)
  const file = path.join(root, names === '/' ? 'index.html' : names)
  if (!file.startsWith(root + path.sep)) return null
  const mediaType = MEDIA_TYPES[path.extname(file)]
  return mediaType === undefined ? null : { path: file, mediaType }
}

/** The picture that an address names, by its document and its own name, or null. */
export function imageAddress(address: string): { readonly documentId: DocumentId; readonly name: string } | null {
  if (!address.startsWith(`${PAGE_ADDRESS}image/`)) return null
  const [, documentId = '', name = ''] =
    /^([0-9a-f]{64})\/([0-9a-f]{64})$/.exec(address.slice(PAGE_ADDRESS.length + 6)) ?? []
  return isDocumentId(documentId) && name !== '' ? { documentId, name } : null
}

/** Whether an address is a page of ours. */
export function isPageAddress(address: string): boolean {
  try {
    const url = new URL(address)
    return url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST && url.username === '' && url.password === ''
  } catch {
    return false
  }
}
