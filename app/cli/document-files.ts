/** `.sheaf` files as the commands use them. Nothing is kept between commands: the file alone is what they start from. */
import { DetachedDocument, type DetachedPorts } from '../../main/documents/detached-document.ts'
import { publishSheafFile } from '../../main/storage/publish-sheaf-file.ts'
import { readSheafFile, readStampedSheafFile } from '../../main/storage/read-sheaf-file.ts'
import { FORMAT, type SheafFileContent } from '../../main/storage/sheaf-file.ts'
import { stampFile } from '../../main/storage/file-stamp.ts'
import type { PathLock } from '../../main/storage/path-lock.ts'
import { SheafError } from '../../shared/errors.ts'
import { UsageError } from './command.ts'

export async function readContent(file: string): Promise<SheafFileContent> {
  return await naming(file, () => readSheafFile(file))
}

export async function readDocument(file: string, ports: DetachedPorts): Promise<DetachedDocument> {
  return await naming(file, async () => DetachedDocument.from(ports, await readSheafFile(file)))
}

/** Reads, changes and writes a file while nobody else does. `change` answers whether there is anything to write. */
export async function changeDocument(
  file: string,
  { ports, lock }: { readonly ports: DetachedPorts; readonly lock: PathLock },
  change: (document: DetachedDocument) => Promise<boolean>,
): Promise<void> {
  await naming(file, () =>
    lock.hold(file, async () => {
      const { content, stamp } = await readStampedSheafFile(file)
      if (content.formatWrite > FORMAT) {
        throw new SheafError('read-only', 'This document was made with a newer Sheaf; this version can only read it.')
      }
      const document = DetachedDocument.from(ports, content)
      if (await change(document)) await publishSheafFile(file, document.content(), { expected: stamp })
    }),
  )
}

/** Writes a new file. Throws `already-exists` when something is there and `force` is not given. */
export async function createFile(
  file: string,
  document: DetachedDocument,
  force: boolean,
  lock: PathLock,
): Promise<void> {
  await naming(file, () =>
    lock.hold(file, async () => {
      const stamp = await stampFile(file)
      if (stamp !== null && !force) throw alreadyThere()
      await publishSheafFile(file, document.content(), { expected: stamp })
    }),
  )
}

export function alreadyThere(): SheafError {
  return new SheafError('already-exists', 'It is there already and was not touched; --force replaces it.')
}

/** Throws unless the name ends in `.sheaf`: under another name nobody would find the document again. */
export function checkSheafName(file: string): void {
  if (!/\.sheaf$/i.test(file)) throw new UsageError(`${file}: the name of a document must end in .sheaf`)
}

/** Puts the file's name before what went wrong with it. */
export async function naming<T>(file: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task()
  } catch (cause) {
    // The innermost name is the right one: merging one file into another fails because of one of them.
    if (!(cause instanceof SheafError) || 'file' in cause.data) throw cause
    throw new SheafError(cause.kind, `${file}: ${cause.message}`, { ...cause.data, file }, { cause })
  }
}
