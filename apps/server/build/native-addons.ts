import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'rolldown'

/** Packages with machine code, which they load from their own folder. */
const addons = new Set(['bcrypt', 'better-sqlite3'])

/** The package that depends on them. */
const dependent = fileURLToPath(new URL('../../../packages/router/package.json', import.meta.url))

/** Loads packages with machine code from where they are installed. @param folder of the bundle */
export function nativeAddons(folder: string): Plugin {
  const from = JSON.stringify(path.relative(folder, dependent).replaceAll(path.sep, '/'))
  const prefix = '\0addon:'
  return {
    name: 'native-addons',
    resolveId: (id) => (addons.has(id) ? prefix + id : null),
    load: (id) => {
      if (!id.startsWith(prefix)) return null
      return `import { createRequire } from 'node:module'
export default createRequire(new URL(${from}, import.meta.url))('${id.slice(prefix.length)}')`
    },
  }
}
