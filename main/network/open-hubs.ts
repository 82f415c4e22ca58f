/** The real ways out of this computer: the local network, and relays. */
import type { ServedDesk } from '../replication/lan/desk-counter.ts'
import { LanHub } from '../replication/lan/lan-hub.ts'
import type { WatchedTransport } from '../replication/transport.ts'
import { coveredRuns } from '../replication/relay/covered-runs.ts'
import { RelayHub } from '../replication/relay/relay-hub.ts'
import type { Hubs, HubsParts } from './hubs.ts'
import { relayDesk } from './relay-desk.ts'

/** Milliseconds. */
const LISTENING = 1000
const LOOK_EVERY = 20

/** `port`: where others on the local network come in; the same each time on a network unless said. */
export function openHubs(parts: HubsParts & { readonly port?: number }): Hubs {
  const lan = new LanHub(parts)
  const relays = new RelayHub(parts)
  lan.start()
  // A port is open, for those who hold an invite too, only while a document goes this way.
  let desk: ServedDesk | null = null
  const going = new Set<WatchedTransport>()
  const counted = (transport: WatchedTransport): WatchedTransport => ({
    watch: (listener) => transport.watch(listener),
    start(meet) {
      if (going.size === 0) lan.serve(desk)
      going.add(transport)
      transport.start(meet)
    },
    stop() {
      transport.stop()
      if (going.delete(transport) && going.size === 0) lan.serve(null)
    },
  })
  const addresses = async () => {
    // The port is opened in a moment when this is the first document that is shared.
    for (let waited = 0; going.size > 0 && lan.addresses().length === 0 && waited < LISTENING; waited += LOOK_EVERY)
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY))
    return lan.addresses()
  }
  return {
    lan: {
      transport: (_document, access) => counted(lan.transport(access)),
      dial: (address) => lan.dial(address),
      remember: (address) => lan.remember(address),
      addresses,
      pairingCode: async () => ((await addresses()).length === 0 ? null : lan.pairingCode()),
      desk: (addresses, seed) => lan.desk(addresses, seed),
      serve(own) {
        desk = own
      },
    },
    relay(url) {
      const client = relays.relay(url)
      return {
        transport: (document, access) => client.transport(access, () => coveredRuns(document.records())),
        desk: (invite) => relayDesk(client.desk(), invite),
        putInvite: (access, invite) => client.putInvite(access, invite),
        dropInvite: (access, invite) => client.dropInvite(access, invite),
        requests: (access) => client.requests(access),
        dropRequest: (access, root) => client.dropRequest(access, root),
        putVault: (id, version, bytes, sig) => client.putVault(id, version, bytes, sig),
        getVault: (id) => client.getVault(id),
      }
    },
    async stop() {
      relays.stop()
      await lan.stop()
    },
  }
}
