/** One line of progress for the person who waits. @param {string} line */
export function say(line) {
  console.log(`sheaf: ${line}`)
}

/** Milliseconds as people read them. @param {number} ms @returns {string} "0.4 s", "75 s" */
export function duration(ms) {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}

/**
 * Does one step of work that can take long: says what and for about how long, speaks up every 20 s so that a
 * silent step isn't taken for a hang, and says how long it took.
 * @template T
 * @param {string} what in the -ing form: "building the app"
 * @param {string} expected about how long it takes: "20 s"
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [outcome] what to say of the result instead of "done"
 * @returns {Promise<T>}
 */
export async function step(what, expected, work, outcome = () => 'done') {
  const start = Date.now()
  say(`${what} (about ${expected}) …`)
  const reminder = setInterval(() => say(`  … still at it after ${duration(Date.now() - start)}`), 20_000)
  try {
    const result = await work()
    say(`  … ${outcome(result)} in ${duration(Date.now() - start)}`)
    return result
  } finally {
    clearInterval(reminder)
  }
}
