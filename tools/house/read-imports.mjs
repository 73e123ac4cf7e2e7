import { parseSync } from 'oxc-parser'

/**
 * What a module imports, re-exports and loads with `import('literal')`.
 *
 * @param {string} file
 * @param {string} source
 * @returns {{ specifier: string, typeOnly: boolean }[]}
 */
export function readImports(file, source) {
  const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module
  return [
    ...staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const literal = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(start, end))
      return literal?.[1] ? [{ specifier: literal[1], typeOnly: false }] : []
    }),
  ]
}
