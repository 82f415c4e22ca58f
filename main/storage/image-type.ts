/** The kinds of pictures a document may hold, told by their first bytes. Never SVG: it is a program in disguise. */

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/gif'

/** What the bytes say they are, or null for anything that is no such picture. */
export function imageType(bytes: Uint8Array): ImageType | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12))
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return 'image/png'
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'image/jpeg'
  if (head.startsWith('RIFF') && head.slice(8) === 'WEBP') return 'image/webp'
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif'
  return null
}
