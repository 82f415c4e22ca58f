/** `app://sheaf/`: the built page and nothing else, with the headers that bound what it may do. */
import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { bundleFile, PAGE_SCHEME } from './bundle-file.ts'
import { SECURITY_HEADERS } from './content-security-policy.ts'

/** Gives our pages a real, secure origin of their own. Must run before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } }])
}

/** Serves the page of a bundle folder to a session. */
export function servePage(session: Session, bundle: string): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answer(bundle, request))
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
