import { SheafError } from '../../shared/errors.ts'
import type { Followed } from '../../shared/membership/chain.ts'
import type { LinkRefusal } from '../../shared/membership/membership.ts'

/** Throws when a copy says other things of who may write here than the document does, in one sentence. */
export function checkFollowed(followed: Followed): void {
  if (followed.kind === 'followed') return
  if (followed.kind === 'refused') throw refusedMembers(followed.reason)
  throw new SheafError(
    'damaged',
    'This copy says something else about who may write in the document; nothing was taken from it, and both stay as they are.',
  )
}

/** Why the members a copy lists can't be trusted. */
export function refusedMembers(reason: LinkRefusal): SheafError {
  return reason === 'newer'
    ? new SheafError('too-new', 'This document is shared in a way that needs a newer Sheaf; please update Sheaf.')
    : new SheafError('damaged', 'What this file says about who may write in it was not signed by those who may say so.')
}
