/** Bytes that came in pieces of any length, taken out in pieces of the lengths that are wanted. */
export class ByteQueue {
  private pieces: Uint8Array[] = []
  /** The first piece that is not used up, and how much of it is. */
  private first = 0
  private used = 0
  private bytes = 0

  put(piece: Uint8Array): void {
    if (piece.length === 0) return
    this.pieces.push(piece)
    this.bytes += piece.length
  }

  /** Null, and nothing taken, when there are not so many yet. */
  take(length: number): Uint8Array | null {
    if (length > this.bytes) return null
    const taken = new Uint8Array(length)
    let at = 0
    while (at < length) {
      const piece = this.pieces[this.first]
      if (piece === undefined) throw new Error('Broken invariant: fewer bytes than were counted')
      const some = piece.subarray(this.used, this.used + length - at)
      taken.set(some, at)
      at += some.length
      this.used += some.length
      if (this.used < piece.length) continue
      this.first += 1
      this.used = 0
    }
    this.bytes -= length
    if (this.first === this.pieces.length) {
      this.pieces = []
      this.first = 0
    }
    return taken
  }
}
