/** A picture as a document keeps it: checked bytes, named by their hash. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { SheafError } from '../../shared/errors.ts'
import { equalBytes, toHex } from '../../shared/ids.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import { imageType } from '../storage/image-type.ts'
import { LIMITS, type StoredBlob } from '../storage/sheaf-file.ts'

/** Throws `unsupported` for bytes that are no picture we show, `too-big` above 20 MiB. */
export function newBlob(suite: CryptoSuite, bytes: Uint8Array): StoredBlob {
  const mime = imageType(bytes)
  if (mime === null) throw new SheafError('unsupported', 'This is not a picture that Sheaf can show.')
  if (bytes.byteLength > LIMITS.blob) throw new SheafError('too-big', 'This picture is larger than 20 MB.')
  return { hash: suite.hash(bytes), mime, bytes }
}

/** The same for bytes among others: null for what is no picture, or too big a one. */
export function blobOf(suite: CryptoSuite, bytes: Uint8Array): StoredBlob | null {
  return imageType(bytes) === null || bytes.byteLength > LIMITS.blob ? null : newBlob(suite, bytes)
}

/** Whether a picture from elsewhere is one, and is the one its name says. */
export function isIntact(suite: CryptoSuite, blob: StoredBlob): boolean {
  return (
    blob.bytes.byteLength <= LIMITS.blob &&
    imageType(blob.bytes) === blob.mime &&
    equalBytes(suite.hash(blob.bytes), blob.hash)
  )
}

/** Keeps a picture in a document's store. Answers its name. Throws as `newBlob` does, and when there are too many. */
export function keepImage(suite: CryptoSuite, store: DocumentStore, bytes: Uint8Array): string {
  const blob = newBlob(suite, bytes)
  if (store.blob(blob.hash) === null && store.blobCount() >= LIMITS.blobs)
    throw new SheafError('too-big', 'This document holds as many pictures as one can.')
  store.addBlobs([blob])
  return toHex(blob.hash)
}

/** Keeps pictures from elsewhere, as far as there is room; those that are not what their names say are left. */
export function keepImages(suite: CryptoSuite, store: DocumentStore, blobs: readonly StoredBlob[]): void {
  const intact = blobs.filter((blob) => isIntact(suite, blob))
  const room = Math.max(0, LIMITS.blobs - store.blobCount())
  if (intact.length > 0) store.addBlobs(intact.slice(0, room))
}
