/**
 * The session of the hidden window that sets documents on paper. It keeps nothing on disk, and can ask for nothing but
 * the document it was given, its pictures and the app's own faces and styles: `app://print/JOB/…`.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Session, session } from 'electron'
import type { Logger } from '../../main/ports.ts'
import { bundleFile, PAGE_ADDRESS, PAGE_SCHEME } from '../bundle-file.ts'
import { SheafError } from '../../shared/errors.ts'
import { confineSession } from '../safety/session.ts'
import { PAPER_STYLE, paperStyle, printHtml, type PrintPage } from './print-page.ts'

const PRINT_ORIGIN = `${PAGE_SCHEME}://print/`
/** The built page that documents are put into. */
const FRAME = 'print.html'

/** Nothing runs there, and style sheets and faces come from the app. Drawn formulas say places in their attributes. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; font-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

interface Served {
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly mediaType: string
}

export class PrintSession {
  readonly session: Session
  readonly #bundle: string
  readonly #pages = new Map<string, PrintPage>()
  /** What could not be served, by the page that asked for it. */
  readonly #failures = new Map<string, unknown>()
  #made = 0

  constructor(bundle: string, logger: Logger) {
    this.#bundle = bundle
    this.session = session.fromPartition('print')
    confineSession(this.session, logger, (address) => address.startsWith(PRINT_ORIGIN))
    this.session.protocol.handle(PAGE_SCHEME, async (request) => {
      const answer = request.method === 'GET' ? await this.#serve(request.url) : null
      if (answer === null) return new Response(null, { status: 404, headers: HEADERS })
      return new Response(answer.body, { headers: { ...HEADERS, 'content-type': answer.mediaType } })
    })
  }

  /** Serves a page until `withdraw`. Answers its address. */
  offer(page: PrintPage): string {
    this.#made += 1
    this.#pages.set(String(this.#made), page)
    return `${PRINT_ORIGIN}${this.#made}/`
  }

  /** Throws when something of the page could not be read: it would lack on paper, or there would be nothing on it. */
  assertWhole(address: string): void {
    const job = jobOf(address)
    if (!this.#failures.has(job)) return
    const cause = this.#failures.get(job)
    throw new SheafError(
      'disk-error',
      'Not all of this document could be read, so it was not set on paper.',
      {},
      { cause },
    )
  }

  withdraw(address: string): void {
    this.#pages.delete(jobOf(address))
    this.#failures.delete(jobOf(address))
  }

  /** Null for what there is not, and for what could not be read, which is kept in mind. */
  async #serve(address: string): Promise<Served | null> {
    try {
      return await this.#find(address)
    } catch (error) {
      this.#failures.set(jobOf(address), error)
      return null
    }
  }

  async #find(address: string): Promise<Served | null> {
    const [, job = '', name = ''] = /^([0-9]+)\/([^?#]*)$/.exec(address.slice(PRINT_ORIGIN.length)) ?? []
    const page = address.startsWith(PRINT_ORIGIN) ? this.#pages.get(job) : undefined
    if (page === undefined) return null
    if (name === '') {
      const frame = await readFile(path.join(this.#bundle, FRAME), 'utf8')
      return { body: printHtml(frame, page), mediaType: 'text/html; charset=utf-8' }
    }
    if (name === PAPER_STYLE) return { body: paperStyle(page), mediaType: 'text/css; charset=utf-8' }
    const [, picture] = /^image\/([0-9a-f]{64})$/.exec(name) ?? []
    if (picture !== undefined) {
      const found = page.picture(picture)
      return found === null ? null : { body: new Uint8Array(found.bytes), mediaType: found.mime }
    }
    const file = name.startsWith('assets/') ? bundleFile(this.#bundle, PAGE_ADDRESS + name) : null
    return file === null ? null : { body: new Uint8Array(await readFile(file.path)), mediaType: file.mediaType }
  }
}

/** The number of the page that an address of its own belongs to. */
function jobOf(address: string): string {
  return address.slice(PRINT_ORIGIN.length).split('/', 1)[0] ?? ''
}
