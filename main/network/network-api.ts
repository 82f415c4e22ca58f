/** What windows ask of the network. */
import { SheafError } from '../../shared/errors.ts'
import type { NetworkApi } from '../sheaf.ts'
import type { Hubs } from './hubs.ts'
import type { Network } from './network.ts'
import type { Sharing } from './sharing-port.ts'

export function networkApi(network: Network, sharing: Sharing, hubs: Hubs): NetworkApi {
  return {
    view: async (documentId) => network.sync(documentId),
    async setWays(documentId, { relay, lan }) {
      const { relay: before } = await sharing.view(documentId)
      // First: whoever keeps the list of members may be met by the local network only.
      if (before !== relay) await sharing.setRelay(documentId, relay)
      network.setLan(documentId, lan)
      return sharing.view(documentId)
    },
    async connect(documentId, address) {
      network.ways.dial(documentId, address)
      return sharing.view(documentId)
    },
    addresses: async () => (hubs.lan === null ? [] : hubs.lan.addresses()),
    async pairingCode() {
      const code = (await hubs.lan?.pairingCode()) ?? null
      if (code === null)
        throw new SheafError('unreachable', 'This computer can’t be reached on a local network just now.')
      return code
    },
    async connectYjs(documentId, room) {
      network.connectYjs(documentId, room)
      return network.sync(documentId)
    },
    say: (documentId, window, words) => network.say(documentId, window, words),
  }
}
