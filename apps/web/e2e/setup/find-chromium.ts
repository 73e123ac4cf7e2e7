import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { bundledChromium } from './bundled-chromium.ts'
import { canStart } from './chromium.ts'
import type { Chromium } from './chromium.ts'

/**
 * Finds a Chromium: CHROMIUM_PATH, else the installed package, else `chromium` on the PATH, else null.
 * The package has the same version everywhere and draws no window, so the tests take two thirds of the time.
 * @throws Error when CHROMIUM_PATH does not start
 */
export async function findChromium(environment: NodeJS.ProcessEnv): Promise<Chromium | null> {
  const configured = environment['CHROMIUM_PATH']
  if (configured !== undefined && configured !== '') {
    const chromium = { executablePath: configured, env: {} }
    if (canStart(chromium)) return chromium
    throw new Error(`CHROMIUM_PATH is ${configured}, which does not start`)
  }
  const bundled = await bundledChromium()
  if (bundled !== null) return bundled
  const executablePath = onPath('chromium', environment['PATH'] ?? '')
  const chromium = executablePath === undefined ? null : { executablePath, env: {} }
  return chromium !== null && canStart(chromium) ? chromium : null
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
