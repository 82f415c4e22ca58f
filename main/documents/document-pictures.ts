/** The pictures of an open document: what it shows, and what is kept of that on this computer. */
import type { CryptoSuite } from '../../shared/crypto/crypto-suite.ts'
import { fromHex } from '../../shared/ids.ts'
import type { DocumentStore } from '../storage/document-store.ts'
import type { StoredBlob } from '../storage/sheaf-file.ts'
import { keepImage, keepImages } from './image-blob.ts'

export class DocumentPictures {
  private readonly suite: CryptoSuite
  private readonly store: DocumentStore
  private readonly shown: () => ReadonlySet<string>

  constructor(suite: CryptoSuite, store: DocumentStore, shown: () => ReadonlySet<string>) {
    this.suite = suite
    this.store = store
    this.shown = shown
  }

  /** Names of the pictures the document shows. */
  names(): ReadonlySet<string> {
    return this.shown()
  }

  has(name: string): boolean {
    return this.store.hasBlob(fromHex(name))
  }

  get(name: string): StoredBlob | null {
    return this.store.blob(fromHex(name))
  }

  /** Keeps a picture, durably, before any words name it. Answers its name: the hash of its bytes in hexadecimal digits. */
  add(bytes: Uint8Array): string {
    return keepImage(this.suite, this.store, bytes)
  }

  /** Keeps pictures that came with a copy; those that are not what their names say are left. */
  keep(blobs: readonly StoredBlob[]): void {
    keepImages(this.suite, this.store, blobs)
  }
}
