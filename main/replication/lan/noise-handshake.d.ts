/** The part of noise-handshake that is used; it comes without types. */
declare module 'noise-handshake' {
  interface NoiseKeyPair {
    readonly publicKey: Buffer
    readonly secretKey: Buffer
  }

  class Noise {
    constructor(pattern: 'XX' | 'XXpsk0', initiator: boolean, key: NoiseKeyPair, options?: { psk: Buffer })
    readonly complete: boolean
    readonly tx: Uint8Array | null
    readonly rx: Uint8Array | null
    /** Of the handshake, 64 bytes; null until it is complete. */
    readonly hash: Uint8Array | null
    /** Static key of the other side. */
    readonly rs: Uint8Array | null
    initialise(prologue: Buffer): void
    send(payload?: Buffer): Buffer
    /** Throws for whatever the other side did not make under the same keys. */
    recv(message: Buffer): Buffer
  }
  export default Noise
}

declare module 'noise-handshake/dh.js' {
  import type { NoiseKeyPair } from 'noise-handshake'
  const curve: { generateKeyPair(): NoiseKeyPair }
  export default curve
}
