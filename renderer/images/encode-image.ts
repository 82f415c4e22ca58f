/**
 * A picture made anew from what somebody pasted, dropped or chose. Its pixels are decoded and encoded again here, in the
 * sandboxed page, so nothing else of the file comes along: no place where it was taken, no camera, no hidden program.
 */
import { SheafError } from '../../shared/errors.ts'
import { t } from '../strings/t.ts'

/** Pixels of the longer side; larger pictures are made smaller. */
const LONGEST = 4096
/** Pixels decoded at most: more would fill the memory. */
const MOST_PIXELS = 100_000_000
/** Bytes a document takes at most. */
const MOST_BYTES = 20 * 2 ** 20
const QUALITY = 0.9

/** Throws `unsupported` for anything that is no picture, `too-big` for one that can't be made small enough. */
export async function encodeImage(file: Blob): Promise<Uint8Array> {
  // An SVG is a program; Chromium would draw one.
  if (file.type.startsWith('image/svg')) throw notAnImage()
  const bitmap = await decode(file)
  try {
    const { width, height } = bitmap
    if (width * height > MOST_PIXELS) throw new SheafError('too-big', t('image.tooBig'))
    const scale = Math.min(1, LONGEST / Math.max(width, height))
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)))
    const context = canvas.getContext('2d')
    if (context === null) throw new SheafError('unsupported', t('image.notAnImage'))
    context.imageSmoothingQuality = 'high'
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
    const kept = await canvas.convertToBlob({ type: typeFor(file.type), quality: QUALITY })
    const small = kept.size <= MOST_BYTES ? kept : await canvas.convertToBlob({ type: 'image/webp', quality: QUALITY })
    if (small.size > MOST_BYTES) throw new SheafError('too-big', t('image.tooBig'))
    return new Uint8Array(await small.arrayBuffer())
  } finally {
    bitmap.close()
  }
}

async function decode(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (cause) {
    throw notAnImage(cause)
  }
}

function notAnImage(cause?: unknown): SheafError {
  return new SheafError('unsupported', t('image.notAnImage'), {}, { cause })
}

/** Photographs stay JPEG or WebP; everything else keeps every pixel. */
function typeFor(type: string): string {
  return type === 'image/jpeg' || type === 'image/webp' ? type : 'image/png'
}
