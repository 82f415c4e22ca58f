/** The longest time in which the event loop answered nobody while some work was under way, in milliseconds. */
export async function longestPause(work: () => unknown): Promise<number> {
  let longest = 0
  let last = performance.now()
  let done = false
  const turn = (): void => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    if (!done) setImmediate(turn)
  }
  setImmediate(turn)
  try {
    await work()
  } finally {
    done = true
  }
  // The work's own last turn counts as well.
  await new Promise((resolve) => setImmediate(resolve))
  return Math.max(longest, performance.now() - last)
}
