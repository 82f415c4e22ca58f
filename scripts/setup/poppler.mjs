import { installPackages, POPPLER_PACKAGES } from './apt-packages.mjs'
import { Failure } from './failure.mjs'
import { hasProgram } from './program.mjs'
import { say } from './progress.mjs'

/**
 * Sees to it that PDFs can be read and drawn by tests. Where that can't be, says the command that helps: those tests
 * are skipped then, and nothing else is.
 * @returns {Promise<void>}
 */
export async function ensurePoppler() {
  if (hasProgram('pdftotext') && hasProgram('pdftoppm')) return
  try {
    await installPackages('tests read and draw PDFs with poppler, which is missing', POPPLER_PACKAGES)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    say(`TESTS OF PDFS ARE SKIPPED: ${error.message}`)
  }
}
