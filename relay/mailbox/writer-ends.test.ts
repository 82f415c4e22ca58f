import { describe, expect, it } from 'vitest'
import { RECORD_TYPE } from '../../shared/log/record.ts'
import { coveredBy, type HeldHeader, writerEnds } from './writer-ends.ts'

const NOTHING = '0'

function header(seq: number, recId: string, prev: string, type: number = RECORD_TYPE.update): HeldHeader {
  return { seq, recId, prev, type }
}

const run = (seq: number, recId: string, prev: string): HeldHeader => header(seq, recId, prev, RECORD_TYPE.close)
const chain = [header(1, 'a', NOTHING), header(2, 'b', 'a'), header(3, 'c', 'b')]
const names = (headers: readonly HeldHeader[], beside?: Map<string, string[]>): string[] =>
  writerEnds(headers, beside).map(({ recId }) => recId)

describe('where a writer’s records end', () => {
  it('RELAY-16: at the record none follows, in whatever order they are held; of two histories at both', () => {
    expect(names(chain)).toEqual(['c'])
    expect(names([...chain].reverse())).toEqual(['c'])
    expect(names([...chain, header(3, 'd', 'b'), header(4, 'e', 'd')])).toEqual(['c', 'e'])
    expect(names([])).toEqual([])
  })

  it('RELAY-16: a run follows what it covers, whether that is held or not', () => {
    expect(names([...chain, run(4, 'r', 'c')])).toEqual(['r'])
    expect(names([run(9, 'r', 'z')])).toEqual(['r'])
    expect(names([...chain, run(9, 'r', 'z'), header(10, 'y', 'r')])).toEqual(['y'])
  })

  it('RELAY-16: what a member said stands beside a run is an end of its own', () => {
    const forked = [...chain, run(9, 'r', 'z')]
    expect(names(forked, new Map([['r', ['c']]]))).toEqual(['c', 'r'])
  })

  it('RELAY-35: before one that was taken out, whatever follows it is held; behind a run that follows it', () => {
    const [first, , third] = chain
    if (first === undefined || third === undefined) throw new Error('there are three')
    expect(names([first, third, header(4, 'e', 'c')])).toEqual(['a'])
    expect(names([third, header(4, 'e', 'c')])).toEqual([])
    expect(names([first, third, run(4, 'r', 'c'), header(5, 'f', 'r')])).toEqual(['f'])
  })

  it('RELAY-16: what a run covers is walked to, and when that does not lead to where it was said nothing may go', () => {
    const covered = (headers: readonly HeldHeader[], id: string, first: number) =>
      coveredBy(new Map(headers.map((one) => [one.recId, one])), id, first)
    const closed = [...chain, run(4, 'r', 'c')]
    expect(covered(closed, 'r', 1)).toEqual(['c', 'b', 'a'])
    expect(covered(closed, 'r', 3)).toEqual(['c'])
    expect(covered(closed, 'r', 4)).toBeNull()
    expect(covered(closed, 'r', 0)).toBeNull()
    expect(covered(closed, 'c', 1)).toBeNull()
    expect(covered([...chain.slice(1), run(4, 'r', 'c')], 'r', 1)).toBeNull()
    expect(
      covered(
        [chain[0], run(4, 'r', 'c')].filter((one) => one !== undefined),
        'r',
        1,
      ),
    ).toBeNull()
  })
})
