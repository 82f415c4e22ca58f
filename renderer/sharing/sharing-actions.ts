/** What can be done about sharing the document on the page. Each rejects with what the main process answers. */
import { assert } from '../../shared/errors.ts'
import type { InviteWish, SharingView, Ways, YjsRoom } from '../../shared/ipc/together.ts'
import type { Role } from '../../shared/membership/role.ts'
import type { WindowModel } from '../window/window-model.ts'

export interface SharingActions {
  /** Makes an invite and answers its link, which is told only now. */
  invite(wish: InviteWish): Promise<string>
  dropInvite(invite: string): Promise<void>
  answer(request: string, admit: boolean): Promise<void>
  setRole(person: string, role: Role): Promise<void>
  remove(person: string): Promise<void>
  removeDevice(device: string): Promise<void>
  verify(person: string, verified: boolean): Promise<void>
  setWays(ways: Ways): Promise<void>
  connect(address: string): Promise<void>
  /** Where others find this computer. */
  addresses(): Promise<readonly string[]>
  pairingCode(): Promise<string>
  admit(waiting: string): Promise<void>
  connectYjs(room: YjsRoom | null): Promise<void>
}

export function sharingActions({ api, documentId, sharing, sync }: WindowModel): SharingActions {
  const open = () => {
    const id = documentId.get()
    assert(id !== null, 'sharing needs a document on the page')
    return id
  }
  const hear = async (answer: Promise<SharingView>) => sharing.hear(await answer)

  return {
    invite: async (wish) => {
      const { link, view } = await api.call('sharing.invite', open(), wish)
      sharing.hear(view)
      return link
    },
    dropInvite: (invite) => hear(api.call('sharing.dropInvite', open(), invite)),
    answer: (request, admit) => hear(api.call('sharing.answer', open(), request, admit)),
    setRole: (person, role) => hear(api.call('sharing.setRole', open(), person, role)),
    remove: (person) => hear(api.call('sharing.remove', open(), person)),
    removeDevice: (device) => hear(api.call('sharing.removeDevice', open(), device)),
    verify: (person, verified) => hear(api.call('sharing.verify', open(), person, verified)),
    setWays: (ways) => hear(api.call('sharing.setWays', open(), ways)),
    connect: (address) => hear(api.call('sharing.connect', open(), address)),
    addresses: () => api.call('sharing.addresses'),
    pairingCode: () => api.call('sharing.pairingCode'),
    admit: (waiting) => hear(api.call('sharing.admit', open(), waiting)),
    connectYjs: async (room) => sync.hear(await api.call('yjs.connect', open(), room)),
  }
}
