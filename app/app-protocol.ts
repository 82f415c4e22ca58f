/** `app://sheaf/`: the built page, the pictures of documents and nothing else, with the headers that bound what it may do. */
import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import type { DocumentId } from '../shared/ids.ts'
import { bundleFile, imageAddress, PAGE_SCHEME } from './bundle-file.ts'
import { SECURITY_HEADERS } from './safety/content-security-policy.ts'

/** Gives our pages a real, secure origin of their own. Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }])
}

/** A picture's bytes and media type, or null when there is none of that name. */
export type ImageSource = (
  documentId: DocumentId,
  name: string,
) => Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null>

/** Serves the page of a bundle folder, and the pictures it shows, to a session. */
export function servePage(session: Session, bundle: string, images: ImageSource): void {
  session.protocol.handle(PAGE_SCHEME, async (request) => {
    const address = request.method === 'GET' ? imageAddress(request.url) : null
    if (address === null) return await answer(bundle, request)
    const image = await images(address.documentId, address.name)
    if (image === null) return new Response(null, { status: 404, headers: SECURITY_HEADERS })
    const headers = { ...SECURITY_HEADERS, 'content-type': image.mime }
    return new Response(new Uint8Array(image.bytes), { headers })
  })
}

async function answer(bundle: string, request: Request): Promise<Response> {
  const file = request.method === 'GET' ? bundleFile(bundle, request.url) : null
  if (file === null) return new Response(null, { status: 404, headers: SECURITY_HEADERS })
  try {
    const content = new Uint8Array(await readFile(file.path))
    return new Response(content, { headers: { ...SECURITY_HEADERS, 'content-type': file.mediaType } })
  } catch {
    return new Response(null, { status: 404, headers: SECURITY_HEADERS })
  }
}
