import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

/**
 * Imports each icon from its own file. Through the index of the package, the first chunk would contain the
 * icons of all pages, because the index leads to all of them.
 */
export function singleIcons(): Plugin {
  let files: ReadonlyMap<string, string> | undefined
  return {
    name: 'app:single-icons',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /\/apps\/web\/src\/.*\.tsx?$/, code: 'lucide-react' },
      async handler(code, id) {
        const index = await this.resolve('lucide-react', id)
        if (index === null) return null
        files ??= filesByIcon(index.id)
        const fileOf = (icon: string) => files?.get(icon) ?? this.error(`lucide-react has no icon ${icon}`)
        return code.replace(imports, (_whole, names: string) =>
          names
            .split(',')
            .map((name) => name.trim().split(' as '))
            .map(([icon = '', local = icon]) => `import ${local} from ${JSON.stringify(fileOf(icon))};`)
            .join(''),
        )
      },
    },
  }
}

const imports = /import\s*\{([^}]*)\}\s*from\s*["']lucide-react["'];?/g

/** Reads the index, where a file has the names of its former versions too. */
function filesByIcon(index: string): Map<string, string> {
  const lines = readFileSync(index, 'utf8').matchAll(/^export \{(.+)\} from '(\.\/icons\/.+\.mjs)'/gm)
  return new Map(
    [...lines].flatMap(([, names = '', file = '']) =>
      [...names.matchAll(/default as (\w+)/g)].map(([, name = '']) => [
        name,
        path.join(path.dirname(index), file),
      ]),
    ),
  )
}
