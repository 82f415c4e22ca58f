/** Files of other programs, standard input and standard output, as the commands read and write them. */
import { type FileHandle, link, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { decodeText } from '../../main/exchange/decode-text.ts'
import { diskError } from '../../main/storage/disk-error.ts'
import { errorCode } from '../../main/storage/error-code.ts'
import { renameOver, replaceFile, syncFile, temporaryBeside } from '../../main/storage/replace-file.ts'
import {
  EXPORT_FORMATS,
  type ExportFormat,
  endingOf,
  formatOfName,
  isTextFormat,
  type TextFormat,
} from '../../shared/exchange/formats.ts'
import { SheafError } from '../../shared/errors.ts'
import { type Call, optionValue, UsageError } from './command.ts'
import { alreadyThere, naming } from './document-files.ts'

/** The name that stands for standard input or output. */
export const STREAM = '-'

/** Larger text files are refused: no text anyone wrote is so long. */
const MOST_BYTES = 256 * 2 ** 20

/** From `--format`, or from the end of the file's name. */
export function formatFor(call: Call, file: string): ExportFormat {
  const named = optionValue(call, 'format')
  if (named === 'pdf' || (named === null && endingOf(file) === 'pdf'))
    throw new UsageError('a PDF is made by the app: open the document in Sheaf and choose Export')
  const format = named === null ? formatOfName(file) : (EXPORT_FORMATS.find((one) => one === named) ?? null)
  if (format === null) {
    const what =
      named === null ? `${file === STREAM ? 'a stream' : file} does not say its format` : `${named} is no format`
    throw new UsageError(`${what}; give --format ${EXPORT_FORMATS.join('|')}`)
  }
  return format
}

/** As `formatFor`, for what is done with text alone. */
export function textFormatFor(call: Call, file: string): TextFormat {
  const format = formatFor(call, file)
  if (!isTextFormat(format)) throw new UsageError(`a Word file can’t be used here; give a text file`)
  return format
}

/** A file's bytes, or those of standard input. */
export async function readFileOrStream(file: string, call: Call): Promise<Uint8Array> {
  return file === STREAM ? await call.terminal.input() : await readBytes(file)
}

export async function readText(file: string, call: Call): Promise<string> {
  return await naming(file === STREAM ? 'standard input' : file, async () => {
    const { text, guessed } = decodeText(await readFileOrStream(file, call))
    if (guessed) call.terminal.remark(guessedEncoding(file))
    return text
  })
}

export function guessedEncoding(file: string): string {
  return `sheaf: ${file}: it is not UTF-8; it was read as Windows-1252.`
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    const stats = await stat(file)
    if (!stats.isFile()) throw new SheafError('unsupported', 'This is not a file.')
    if (stats.size > MOST_BYTES) throw new SheafError('too-big', 'This file is too large.')
    return await readFile(file)
  } catch (cause) {
    throw diskError(cause, 'It can not be read.')
  }
}

/** Writes the whole file or nothing. What is there already is replaced only with `force`. */
export async function writeOut(file: string, content: string | Uint8Array, call: Call): Promise<void> {
  if (file === STREAM) {
    if (typeof content !== 'string') throw new UsageError('a Word file can’t go to standard output; name a file')
    await call.terminal.print(content)
    return
  }
  await naming(file, async () => {
    try {
      if (call.options['force'] === true) await replaceFile(file, content)
      else await createNew(file, content)
    } catch (cause) {
      throw diskError(cause, 'It can not be written.')
    }
  })
}

/** Gives a finished file its name only if nothing has that name: a link, unlike a rename, replaces nothing. */
async function createNew(file: string, content: string | Uint8Array): Promise<void> {
  await refuseTaken(file)
  const temporary = temporaryBeside(file)
  try {
    await writeFile(temporary, content, { flag: 'wx' })
    await syncFile(temporary)
    await link(temporary, file)
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') throw alreadyThere()
    // Some file systems have no links.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(errorCode(cause))) throw cause
    await refuseTaken(file)
    await renameOver(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}

async function refuseTaken(file: string): Promise<void> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return
    throw cause
  }
  await handle.close()
  throw alreadyThere()
}
