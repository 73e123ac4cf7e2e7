import { globSync, readFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const features = fileURLToPath(new URL('../../../../packages/router/src/features/', import.meta.url))

/**
 * Watches which functions that make queries are called. They are the exported functions of the files
 * `store.ts`.
 */
export async function watchQueryFunctions(): Promise<Disposable & { uncalled(): Promise<string[]> }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true })
  return {
    uncalled: async () => {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      const called = new Set(
        result.flatMap(({ url, functions }) =>
          functions
            .filter(({ ranges }) => ranges.some(({ count }) => count > 0))
            .map(({ functionName }) => `${url} ${functionName}`),
        ),
      )
      return queryFunctions().filter((each) => !called.has(each))
    },
    [Symbol.dispose]: () => session.disconnect(),
  }
}

function queryFunctions(): string[] {
  return globSync('**/store.ts', { cwd: features }).flatMap((file) => {
    const url = pathToFileURL(path.join(features, file)).href
    const text = readFileSync(path.join(features, file), 'utf8')
    return Array.from(text.matchAll(/^export (?:async )?function (\w+)/gm), ([, name]) => `${url} ${name}`)
  })
}
