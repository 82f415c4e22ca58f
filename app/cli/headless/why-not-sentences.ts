import type { WhyNot } from '../../../shared/sharing/why-not.ts'

/** Why others are not reached or do not let one in, as the command line says it. */
export const WHY_NOT_SENTENCES: Record<WhyNot, string> = {
  offline: 'This computer has no network.',
  'relay-unreachable': 'The relay does not answer.',
  certificate: 'The relay’s certificate is not valid, so nothing was said to it.',
  clock: 'The clocks of this computer and the other side are too far apart.',
  version: 'The other side speaks a version of Sheaf that this one does not know.',
  key: 'The keys of the two sides do not match.',
  revoked: 'This place is not in the document any more.',
  refused: 'The other side refused.',
  firewall: 'Something between the two computers blocks them, often a firewall or a guest network.',
  'nobody-near': 'Nobody who has this document was found on this network.',
  'unknown-document': 'The other side does not have this document.',
  expired: 'The invite has run out.',
  'used-up': 'The invite has been used as often as it may be.',
  'no-such-invite': 'The invite was taken back.',
  busy: 'The other side has too much to do at the moment.',
  'other-document': 'Another document answers at this address.',
  'not-a-relay': 'What answers at this address is not a relay.',
}
