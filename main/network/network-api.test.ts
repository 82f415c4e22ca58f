import { expect, test } from 'vitest'
import { SheafError } from '../../shared/errors.ts'
import { NO_HUBS } from './hubs.ts'
import { networkApi } from './network-api.ts'

type Parts = Parameters<typeof networkApi>

test('NET-14: ways are changed both or not at all, and the local network is left last', async () => {
  const done: string[] = []
  let isReached = false
  const network = { setLan: (_: string, lan: boolean) => done.push(`lan ${lan}`) } as unknown as Parts[0]
  const sharing = {
    view: async () => ({ relay: null }),
    setRelay: async (_: string, relay: string) => {
      if (!isReached) throw new SheafError('unreachable', 'Nobody is there.')
      done.push(`relay ${relay}`)
    },
  } as unknown as Parts[1]
  const api = networkApi(network, sharing, NO_HUBS)
  const ways = { relay: 'wss://relay.example', lan: false }
  await expect(api.setWays('ab', ways)).rejects.toMatchObject({ kind: 'unreachable' })
  expect(done).toEqual([])
  isReached = true
  await api.setWays('ab', ways)
  expect(done).toEqual(['relay wss://relay.example', 'lan false'])
})
