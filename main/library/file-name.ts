/** File names made from titles: safe on Windows, macOS and Linux, and recognisable again as made from that title. */

export const UNTITLED = 'Untitled'
export const EXTENSION = '.sheaf'

/** Names Windows gives to devices, with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i
/** Direction marks, joiners at the edges of names and the like: a name must look like what it is. */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/gu
const LONGEST = 120
/** File systems count bytes; the rest of the 255 is for numbers, temporary names and what sync programs add. */
const LONGEST_BYTES = 180

/** The file name, without `.sheaf`, that a document of this title gets. Never empty. */
export function fileStem(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/[/\\:|]/g, '-')
    .replace(/[<>"?*]/g, '')
    .replace(/\p{Cs}/gu, '')
    .replace(/\s+/gu, ' ')
  const cut = edges(shorten(edges(name)))
  if (cut === '') return UNTITLED
  // Windows looks at what stands before the first dot.
  return DEVICE.test(cut.split('.')[0] ?? '') ? `_${cut}` : cut
}

/** Whether a file has the name its document's title gave it, numbered or not: then it follows a new title. */
export function isNamedAfter(stem: string, title: string): boolean {
  const given = fileStem(title)
  const name = stem.normalize('NFC')
  return name === given || (name.startsWith(`${given} `) && /^[2-9]$|^[1-9]\d+$/.test(name.slice(given.length + 1)))
}

/** A path's file name without `.sheaf` in whatever case. */
export function stemOf(path: string): string {
  return (path.split(/[/\\]/).at(-1) ?? '').replace(/\.sheaf$/i, '')
}

/** No leading dots (hidden files), no trailing dots or spaces (Windows drops them). */
function edges(name: string): string {
  return name.replace(/^[\s.~]+|[\s.]+$/gu, '')
}

function shorten(name: string): string {
  let short = ''
  const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(name)
  for (const { segment } of graphemes) {
    const longer = short + segment
    if (longer.length > LONGEST || new TextEncoder().encode(longer).length > LONGEST_BYTES) break
    short = longer
  }
  return short
}
