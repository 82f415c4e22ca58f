/** The first 100 bytes of a SQLite file, judged before SQLite sees them. */
import { Refused } from './file-problem.ts'
import { APPLICATION_ID, FORMAT, LIMITS } from './sheaf-file.ts'

export const HEADER_BYTES = 100
const MAGIC = 'SQLite format 3\0'

/** Throws `Refused` unless the header is one that this version may read and that fits the file's length in bytes. */
export function checkHeader(header: Uint8Array, length: number): void {
  if (length > LIMITS.file) throw new Refused('too-big')
  if (length === 0) throw new Refused('damaged')
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  for (let i = 0; i < MAGIC.length; i++) if (header[i] !== MAGIC.charCodeAt(i)) throw new Refused('not-a-sheaf-file')
  if (header.length < HEADER_BYTES) throw new Refused('damaged')
  if (view.getUint32(68) !== APPLICATION_ID) throw new Refused('not-a-sheaf-file')
  // user_version repeats format_read, so that no newer file has to be opened to be recognised.
  if (view.getUint32(60) > FORMAT) throw new Refused('too-new')
  // 1 and 1: rollback journal. Files in WAL mode would ask for a second file beside them.
  if (header[18] !== 1 || header[19] !== 1) throw new Refused('hostile')
  // Text in UTF-8, as ever.
  if (view.getUint32(56) !== 1) throw new Refused('hostile')
  const size = view.getUint16(16)
  const pageSize = size === 1 ? 65_536 : size
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0) throw new Refused('damaged')
  if (view.getUint32(28) * pageSize !== length) throw new Refused('damaged')
}
