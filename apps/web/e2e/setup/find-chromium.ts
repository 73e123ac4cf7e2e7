import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { bundledChromium } from './bundled-chromium.ts'
import { starts } from './chromium.ts'
import type { Chromium } from './chromium.ts'

/**
 * CHROMIUM_PATH, else the one that is installed with the other packages, which is of one version everywhere
 * and has no window to draw (the tests take two thirds of the time), else `chromium` of the system, else
 * null.
 * @throws Error when CHROMIUM_PATH names something that does not start
 */
export async function findChromium(environment: NodeJS.ProcessEnv): Promise<Chromium | null> {
  const asked = environment['CHROMIUM_PATH']
  if (asked !== undefined && asked !== '') {
    const chromium = { executablePath: asked, env: {} }
    if (starts(chromium)) return chromium
    throw new Error(`CHROMIUM_PATH is ${asked}, which does not start`)
  }
  const bundled = await bundledChromium()
  if (bundled !== null) return bundled
  const executablePath = onPath('chromium', environment['PATH'] ?? '')
  const chromium = executablePath === undefined ? null : { executablePath, env: {} }
  return chromium !== null && starts(chromium) ? chromium : null
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
