import type { Happening } from '../../../main/headless/happening.ts'
import { unreachable } from '../../../shared/errors.ts'
import { entryCount } from '../describe-changes.ts'
import { WHY_NOT_SENTENCES } from './why-not-sentences.ts'

/** One line about what a headless replica did. */
export function describeHappening(happening: Happening): string {
  switch (happening.event) {
    case 'keeping':
      return `keeping ${happening.file} in step`
    case 'connected':
      return `connected: ${wayOf(happening)}`
    case 'parted':
      return `connection lost: ${wayOf(happening)}; looking again`
    case 'problem':
      return `not connected: ${wayOf(happening)}: ${WHY_NOT_SENTENCES[happening.why]}`
    case 'here':
      return `here: ${nameOf(happening.name)}`
    case 'gone':
      return `gone: ${nameOf(happening.name)}`
    case 'received':
      return `received: ${entryCount(happening.entries)}`
    case 'published':
      return `published: ${happening.file}, ${entryCount(happening.entries)}`
    case 'not-published':
      return `not published: ${happening.file}: ${happening.reason}`
    case 'in-step':
      return 'in step with all who are connected'
    case 'ended':
      return 'ended'
    default:
      return unreachable(happening)
  }
}

function wayOf({ way, relay }: { readonly way: 'relay' | 'lan'; readonly relay: string | null }): string {
  return way === 'lan' ? 'local network' : `relay ${relay ?? ''}`.trim()
}

/** A name is somebody else's choice: one line it stays. */
function nameOf(name: string): string {
  return name.replace(/\s+/gu, ' ').trim() || 'somebody'
}
