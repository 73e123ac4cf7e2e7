import { accessSync, constants } from 'node:fs'
import path from 'node:path'

import { bundledChromium } from './bundled-chromium.ts'
import { type Chromium, starts } from './chromium.ts'

/**
 * CHROMIUM_PATH, else `chromium` of the system, else the one that is installed with the other packages, else null.
 * CHROMIUM_BUNDLED=1 asks for the last one.
 * @throws Error when CHROMIUM_PATH names something that does not start
 */
export async function findChromium(environment: NodeJS.ProcessEnv): Promise<Chromium | null> {
  const asked = environment['CHROMIUM_PATH']
  if (asked !== undefined && asked !== '') {
    const chromium = { executablePath: asked, env: {} }
    if (starts(chromium)) return chromium
    throw new Error(`CHROMIUM_PATH is ${asked}, which does not start`)
  }
  if (environment['CHROMIUM_BUNDLED'] !== '1') {
    const executablePath = onPath('chromium', environment['PATH'] ?? '')
    if (executablePath !== undefined && starts({ executablePath, env: {} }))
      return { executablePath, env: {} }
  }
  return bundledChromium()
}

function onPath(program: string, folders: string): string | undefined {
  return folders
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
