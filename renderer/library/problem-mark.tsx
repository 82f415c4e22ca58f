import { Copy, FileLock2, FileX, type LucideIcon, ShieldAlert } from 'lucide-react'
import type { EntryProblem } from '../../shared/ipc/contract.ts'
import type { Strings } from '../strings/en.ts'
import { t } from '../strings/t.ts'

type PlainKey = { [K in keyof Strings]: Strings[K] extends string ? K : never }[keyof Strings]

interface Mark {
  readonly icon: LucideIcon
  readonly words: PlainKey
  readonly danger: boolean
}

const MARKS: Readonly<Record<EntryProblem, Mark>> = {
  newer: { icon: FileLock2, words: 'problem.newer', danger: false },
  'newer-read-only': { icon: FileLock2, words: 'problem.newerReadOnly', danger: false },
  damaged: { icon: FileX, words: 'problem.damaged', danger: true },
  hostile: { icon: ShieldAlert, words: 'problem.hostile', danger: true },
  unreadable: { icon: FileX, words: 'problem.unreadable', danger: true },
  copy: { icon: Copy, words: 'problem.copy', danger: false },
}

/** What is not ordinary about a file, at the end of its row. */
export function ProblemMark({ problem }: { readonly problem: EntryProblem }) {
  const { icon: Icon, words, danger } = MARKS[problem]
  return (
    <span className={`library-item__mark ${danger ? 'library-item__mark--danger' : ''}`}>
      <Icon className="icon" />
      {t(words)}
    </span>
  )
}
