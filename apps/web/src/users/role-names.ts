import type { Role } from '@latchkey/contract'

export const roleNames: Readonly<Record<Role, string>> = { user: 'User', admin: 'Administrator' }
