import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'

/** The variables of this process over those of the `.env` file in `folder`, if there is one. */
export function readEnvironment(
  folder: string,
  process: Record<string, string | undefined>,
): Record<string, string | undefined> {
  return { ...readEnvFile(path.join(folder, '.env')), ...process }
}

function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}
