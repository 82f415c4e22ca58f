/** A role by its name, and by what it lets one do. */
import { type Role, ROLES } from '../../shared/membership/role.ts'
import { t } from '../strings/t.ts'

export function roleName(role: Role): string {
  return t(`role.${role}`)
}

/** "read and write": what stands behind "may". */
export function mayWords(role: Role): string {
  return t(`may.${role}`)
}

/** Every role, the most able first. */
export const ROLES_DOWNWARDS: readonly Role[] = [...ROLES].reverse()
