/** What a relay answers to plain HTTP: whether it lives, what it counted, and a page for who opens an invite in a browser. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RelayPorts } from '../relay-ports.ts'

/** Milliseconds the event loop may be late. */
const LATE = 200

/** The page says nothing of the invite: what is behind the # never leaves the browser. */
const INVITE_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sheaf</title>
<h1>You are invited to write together in Sheaf.</h1>
<p>Copy the whole address of this page and paste it in Sheaf under “Join”.</p>
<h1 lang="de">Du bist eingeladen, in Sheaf gemeinsam zu schreiben.</h1>
<p lang="de">Kopiere die ganze Adresse dieser Seite und füge sie in Sheaf unter „Beitreten“ ein.</p>
</html>
`

export function answerHttp(
  { suite, mailbox, metrics }: RelayPorts,
  isEnding: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const send = (status: number, body: string, type = 'text/plain'): void => {
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    response.end(request.method === 'HEAD' ? '' : body)
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(405, 'method not allowed\n')
  switch (pathOf(request)) {
    case '/livez':
      return metrics.read('event_loop_lag_seconds') * 1000 < LATE ? send(200, 'ok\n') : send(503, 'late\n')
    case '/readyz':
      return !isEnding && mailbox.isReady(suite.random(16)) ? send(200, 'ok\n') : send(503, 'not ready\n')
    case '/metrics':
      return isFromHere(request) ? send(200, metrics.text(), 'text/plain; version=0.0.4') : send(404, 'not found\n')
    case '/i':
      return send(200, INVITE_PAGE, 'text/html')
    default:
      return send(404, 'not found\n')
  }
}

/** What a request asks for, taken as it is: to read it as an address could fail, and callers write what they like. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '/'
}

/** Figures are for whoever runs the relay: from this computer, and not through a proxy on it. */
function isFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const isProxied = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined
  return (address.startsWith('127.') || address === '::1') && !isProxied
}
