/** Padding: how much longer a plaintext is made, so that its encrypted length says little about what was typed. */

/** In steps of 64 bytes up to 1 KiB, where most records are; beyond that Padmé: at most 12 % more, few distinct lengths. */
export function paddedLength(length: number): number {
  if (length <= 1024) return Math.ceil(length / 64) * 64
  const exponent = Math.floor(Math.log2(length))
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1))
  return Math.ceil(length / step) * step
}
