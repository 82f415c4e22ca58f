import { describe, expect, it } from 'vitest'
import { readRelayConfig } from './relay-config.ts'

describe('a relay’s configuration', () => {
  it('RELAY-29: the command line comes before the file, and what neither says is as usual', () => {
    const file = JSON.stringify({ data: '/data', port: 1, names: ['Relay.Example'], limits: { sockets: 7 } })
    expect(readRelayConfig(file, { port: '2', host: undefined })).toEqual({
      host: '127.0.0.1',
      port: 2,
      data: '/data',
      cert: null,
      key: null,
      behindProxy: false,
      names: ['relay.example'],
      limits: { sockets: 7 },
    })
    expect(readRelayConfig(null, { data: 'here' }).port).toBe(4460)
  })

  it('RELAY-29: what is not right is refused in one sentence', () => {
    const wrong: [string | null, object][] = [
      [null, {}],
      ['{', {}],
      ['[]', {}],
      ['{"data":"d","colour":1}', {}],
      ['{"data":"d","limits":{"colour":1}}', {}],
      ['{"data":"d","limits":{"sockets":"many"}}', {}],
      ['{"data":"d","names":"relay"}', {}],
      [null, { data: 'd', port: '70000' }],
      [null, { data: 'd', port: 'x' }],
      [null, { data: 'd', cert: 'c' }],
    ]
    for (const [text, said] of wrong) {
      expect(() => readRelayConfig(text, said)).toThrow(/^The relay’s configuration is not right: .*\.$/)
    }
  })
})
