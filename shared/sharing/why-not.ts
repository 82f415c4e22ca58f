/** Why two do not find each other, or one is not let in: a closed list, each with a sentence (renderer/strings and command line). */
export const WHY_NOT = [
  'offline',
  'relay-unreachable',
  'certificate',
  'clock',
  'version',
  'key',
  'revoked',
  'refused',
  'firewall',
  'nobody-near',
  'unknown-document',
  'expired',
  'used-up',
  'no-such-invite',
  'busy',
  'other-document',
  'not-a-relay',
] as const
export type WhyNot = (typeof WHY_NOT)[number]
