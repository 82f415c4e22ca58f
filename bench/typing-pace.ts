/**
 * When somebody strikes keys: about five a second, with a pause now and then. The recordings say little of their pace, so
 * this one is made up; it is the same each time, because sizes must be.
 */
export class TypingPace {
  /** Milliseconds since 1970 of the last keystroke. */
  now: number
  private seed = 0x5eed

  constructor(now: number) {
    this.now = now
  }

  strike(): number {
    const pause = this.random() < 0.02
    this.now += Math.round(pause ? 2000 + this.random() * 58_000 : 100 + this.random() * 200)
    return this.now
  }

  /** Between 0 and 1: a linear congruential generator, with the numbers of Numerical Recipes. */
  private random(): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) >>> 0
    return this.seed / 2 ** 32
  }
}
