/** What a person may do in a shared document, from least to most. */
export const ROLES = ['reader', 'commenter', 'editor', 'owner'] as const
export type Role = (typeof ROLES)[number]

export function isRole(value: unknown): value is Role {
  return ROLES.includes(value as Role)
}

/** A commenter writes to stream 1 only, where comments and suggestions are; a reader nowhere. */
export function mayWrite(role: Role, stream: number): boolean {
  switch (role) {
    case 'reader':
      return false
    case 'commenter':
      return stream === 1
    case 'editor':
    case 'owner':
      return true
  }
}

/** Whether what was allowed before is allowed no longer. */
export function isLess(role: Role, before: Role): boolean {
  return ROLES.indexOf(role) < ROLES.indexOf(before)
}
