import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

import type { Environment } from '@latchkey/router'

/** The variables of the process over those of the `.env` file in a folder, when there is one. */
export function readEnvironment(folder: string, own: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(path.join(folder, '.env'), 'utf8')), ...own }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return own
    throw error
  }
}
