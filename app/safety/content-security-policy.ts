/**
 * What a page of ours may load and run. `connect-src 'none'` leaves the renderer without any network: whatever a
 * document or a clipboard brings in, it can neither phone home nor send words away.
 */
const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' app: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // worker admits the app's own workers only; default and dompurify clean what is pasted; prosemirror-view makes the third for what it has parsed already.
  'trusted-types default dompurify ProseMirrorClipboard worker',
] as const

/** The headers every answer of `app://sheaf/` carries. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': DIRECTIVES.join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
}
