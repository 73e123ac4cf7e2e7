import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { canStart } from './chromium.ts'
import type { Chromium } from './chromium.ts'

const packageFolder = fileURLToPath(new URL('../', import.meta.resolve('@sparticuz/chromium')))
const cache = fileURLToPath(new URL('../../../../node_modules/.cache/chromium', import.meta.url))

/**
 * Returns the Chromium of the installed package, unpacked once into the cache.
 * @returns null on anything but Linux x64, and when it does not start
 */
export async function bundledChromium(): Promise<Chromium | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = path.join(cache, packageVersion())
  if (!existsSync(folder)) await unpack(folder)
  const bare = { executablePath: path.join(folder, 'chromium'), env: {} }
  if (canStart(bare)) return bare
  // A machine without desktop libraries: the package has them, and fonts.
  const equipped = {
    ...bare,
    env: { LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_FILE: writeFontsFile(folder) },
  }
  return canStart(equipped) ? equipped : null
}

/** Unpacks into a temporary folder and renames it: another worker may unpack too, or this one may end. */
async function unpack(folder: string): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(path.join(cache, 'unpacking-'))
  const { inflate } = await import('@sparticuz/chromium')
  const usual = process.env['TMPDIR']
  // The package takes its target folder from this variable only.
  process.env['TMPDIR'] = unfinished
  try {
    const files = ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']
    await Promise.all(files.map((file) => inflate(path.join(packageFolder, 'bin', file))))
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

function writeFontsFile(folder: string): string {
  const file = path.join(folder, 'app-fonts.conf')
  const dirs = ['/usr/share/fonts', path.join(folder, 'fonts')].map((dir) => `<dir>${dir}</dir>`)
  writeFileSync(
    file,
    `<fontconfig>${dirs.join('')}<cachedir>${path.join(folder, 'font-cache')}</cachedir></fontconfig>`,
  )
  return file
}

function packageVersion(): string {
  // Sound: every installed package has its version there.
  const manifest = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  return manifest.version
}
