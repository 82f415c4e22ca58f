import { describe, expect, it } from 'vitest'
import { type Baseline, worseThan } from './baseline.ts'
import { figureLine, type Line, ratioLine } from './line.ts'

const baseline: Baseline = {
  machine: null,
  lines: {
    open: { middle: 1.2, low: 1.1, high: 1.4, unit: 'ratio' },
    pause: { middle: 3, low: 2, high: 4, unit: 'ms' },
  },
}

function line(name: string, ratio: number, tolerance = 1.5, best = ratio): Line {
  const facts = { name, what: name, unit: 'ms', against: 'the bare library', tolerance } as const
  return ratioLine(
    facts,
    [best, ratio, ratio].map((one) => ({ ours: one * 10, theirs: 10 })),
  )
}

describe('comparing with the baseline', () => {
  it('HOUSE-20: reports a ratio that is worse than its baseline by more than the line tolerates', () => {
    expect(worseThan(baseline, [line('open', 1.81)]).map(({ name }) => name)).toEqual(['open'])
    expect(worseThan(baseline, [line('open', 1.79), line('open', 1.81, 2), line('new', 100)])).toEqual([])
  })

  it('HOUSE-20: takes a line for worse only when its best round is worse than the baseline', () => {
    expect(worseThan(baseline, [line('open', 1.81, 1.5, 1.19)])).toEqual([])
    expect(worseThan(baseline, [line('open', 1.81, 1.5, 1.21)])).toHaveLength(1)
  })

  it('HOUSE-20: never judges a time on its own', () => {
    expect(worseThan(baseline, [figureLine({ name: 'pause', what: 'pause', unit: 'ms' }, [1000])])).toEqual([])
  })
})
