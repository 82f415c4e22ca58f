/** A time in ISO 8601, to the second; null for none, and for one no calendar has. */
export function isoTime(seconds: number | null): string | null {
  const time = new Date((seconds ?? Number.NaN) * 1000)
  return Number.isNaN(time.getTime()) ? null : time.toISOString().replace('.000Z', 'Z')
}
