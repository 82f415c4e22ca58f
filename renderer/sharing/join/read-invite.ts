import { SheafError } from '../../../shared/errors.ts'
import { decodeInvite } from '../../../shared/sharing/invite-link.ts'

/** What an invite link says, read on this computer alone: whom joining would ask. */
export interface InviteReading {
  readonly kind: 'empty' | 'bad' | 'newer' | 'invite'
  /** Host of the relay that would be asked, or ''. */
  readonly relayHost: string
  /** Addresses of computers that would be asked. */
  readonly addresses: readonly string[]
}

const NOBODY = { relayHost: '', addresses: [] }

export function readInvite(text: string): InviteReading {
  const link = text.trim()
  if (link === '') return { kind: 'empty', ...NOBODY }
  try {
    const { relay, addresses } = decodeInvite(link)
    return { kind: 'invite', relayHost: relay === null ? '' : new URL(relay).host, addresses }
  } catch (error) {
    if (!(error instanceof SheafError)) throw error
    return { kind: error.kind === 'too-new' ? 'newer' : 'bad', ...NOBODY }
  }
}
