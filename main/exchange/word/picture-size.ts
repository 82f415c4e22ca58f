/** A picture's own width and height, from its first bytes. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Null for what is no PNG, JPEG or GIF, or says no size. */
export function pictureSize(bytes: Uint8Array): PictureSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = read(bytes, view)
  return size === null || size.width === 0 || size.height === 0 ? null : size
}

function read(bytes: Uint8Array, view: DataView): PictureSize | null {
  if (bytes.length < 24) return null
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) }
  if (view.getUint32(0) === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
  return view.getUint16(0) === 0xffd8 ? readJpeg(view) : null
}

/** The size stands in the frame's header, after any number of other segments. */
function readJpeg(view: DataView): PictureSize | null {
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/** A picture's width in pixels when nobody gave one: its own, at most the column's. */
export function naturalWidth(bytes: Uint8Array, column: number): number {
  return Math.min(pictureSize(bytes)?.width ?? column, column)
}

/** Its width for a share of the column in percent. */
export function shareWidth(percent: number, column: number): number {
  return Math.round((column * percent) / 100)
}
