import { useCallback, useEffect, useRef, useState } from 'react'
import { failureText, type NoticeBoard } from '../notices/notice-board.ts'

/**
 * What a dialog's buttons started, one after the other in the order of the presses; and why something failed, said in the
 * dialog itself, or on the board when nobody looks at the dialog any more.
 */
export interface Attempt {
  /** Whether anything runs, or waits for what runs. */
  readonly busy: boolean
  /** Why something failed since the last press, in sentences, or ''. */
  readonly problem: string
  /** Whether what was given this name runs or waits. */
  runs(name: string): boolean
  /** Does nothing when the same name runs or waits already: two presses of one button are one. */
  run(name: string, work: Work): void
  forget(): void
}

/** `isSeen` says, when the work is done, whether the dialog is still there to say so. */
export type Work = (isSeen: () => boolean) => Promise<void>

export function useAttempt(board: NoticeBoard): Attempt {
  const [running, setRunning] = useState<readonly string[]>([])
  const [problem, setProblem] = useState('')
  const seen = useRef(true)
  const names = useRef<readonly string[]>([])
  const last = useRef(Promise.resolve())
  useEffect(() => {
    seen.current = true
    return () => {
      seen.current = false
    }
  }, [])

  const change = useCallback((next: readonly string[]) => {
    names.current = next
    if (seen.current) setRunning(next)
  }, [])

  const run = useCallback(
    (name: string, work: Work) => {
      if (names.current.includes(name)) return
      change([...names.current, name])
      setProblem('')
      const fail = (error: unknown) => {
        if (!seen.current) return board.fail(error)
        setProblem((before) => [before, failureText(error)].filter((sentence) => sentence !== '').join(' '))
      }
      const begin = () => work(() => seen.current)
      const next = names.current.length === 1 ? begin() : last.current.then(begin)
      last.current = next.catch(fail).finally(() => change(names.current.filter((each) => each !== name)))
    },
    [board, change],
  )
  const forget = useCallback(() => setProblem(''), [])
  return { busy: running.length > 0, problem, runs: (name) => running.includes(name), run, forget }
}
