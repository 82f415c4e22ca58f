/**
 * A step that can't go on. Its message is one sentence that names the fix; `runScript` prints it and exits with 1.
 * Anything else that is thrown is a defect of these scripts and is shown with its stack.
 */
export class Failure extends Error {}

/**
 * Runs a script's main function and turns its end into an exit code: the number it answers, or 1 after a failure. An
 * answer of undefined leaves the exit code as it is.
 * @param {() => Promise<number | undefined | void>} main
 * @returns {Promise<void>}
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0
  } catch (error) {
    process.exitCode = 1
    if (error instanceof Failure) console.error(`sheaf: ${error.message}`)
    else console.error('sheaf: this script has a defect; please report it with these lines.\n', error)
  }
}
