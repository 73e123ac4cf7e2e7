import path from 'node:path'
import type { Plugin } from 'rolldown'

const workerUrl = /new URL\('\.\/([a-z-]+-worker)\.ts', import\.meta\.url\)/g

/**
 * Lets bundled modules find files beside their sources, such as the known passwords, and bundles the workers
 * that they start.
 * @param folder of the bundle; it has no folders in it
 */
export function locateFiles(folder: string): Plugin {
  return {
    name: 'locate-files',
    transform(code, id) {
      if (!path.isAbsolute(id) || id.includes('/node_modules/') || !code.includes('import.meta.url'))
        return null
      if (code.search(workerUrl) !== -1) {
        return code.replaceAll(workerUrl, (_url, name: string) => {
          const program = path.join(path.dirname(id), `${name}.ts`)
          // The bundler replaces it by the URL of the file, whose name has a hash.
          return `new URL(import.meta.ROLLDOWN_FILE_URL_${this.emitFile({ type: 'chunk', id: program, name })})`
        })
      }
      const source = JSON.stringify(path.relative(folder, id).replaceAll(path.sep, '/'))
      return code.replaceAll('import.meta.url', `new URL(${source}, import.meta.url)`)
    },
  }
}
