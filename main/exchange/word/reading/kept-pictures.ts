/** The pictures of a Word file that its words refer to, each once, under a name that counts until the document keeps them. */
export class KeptPictures {
  readonly #names = new Map<string, string>()
  readonly bytes = new Map<string, Uint8Array>()

  /** `part` is where it stands in the file. Answers its name. */
  keep(part: string, bytes: Uint8Array): string {
    const known = this.#names.get(part)
    if (known !== undefined) return known
    const name = `picture-${this.#names.size + 1}`
    this.#names.set(part, name)
    this.bytes.set(name, bytes)
    return name
  }
}
