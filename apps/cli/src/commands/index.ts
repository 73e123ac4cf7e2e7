import type { Command } from '../command.ts'
import { adminCreate } from './admin-create.ts'
import { adminUnlock } from './admin-unlock.ts'
import { migrate } from './migrate.ts'
import { reset } from './reset.ts'
import { seed } from './seed.ts'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [adminCreate, adminUnlock, migrate, seed, reset]
