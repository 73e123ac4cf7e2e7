import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'rolldown'

/**
 * Bundles the client and all its imports into one file for browsers and one for Node.
 * @returns the licences of the bundled packages
 */
export async function bundleClient(folder: string): Promise<string> {
  const modules = new Set<string>()
  for (const [entry, platform, file] of [
    ['index.ts', 'browser', 'browser.js'],
    ['node.ts', 'node', 'node.js'],
  ] as const) {
    const { output } = await build({
      input: fileURLToPath(new URL(entry, import.meta.resolve('@app/client'))),
      platform,
      output: { file: join(folder, file), format: 'esm', codeSplitting: false },
      logLevel: 'silent',
    })
    for (const id of output.flatMap((chunk) => ('moduleIds' in chunk ? chunk.moduleIds : []))) modules.add(id)
  }
  return [...new Set([...modules].map(packageFolder))]
    .filter((each) => each !== null)
    .map(licenceOf)
    .join('\n\n')
}

/** Returns the folder of the installed package that contains a module, or null. */
function packageFolder(module: string): string | null {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? null
}

function licenceOf(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name))
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
    'name' | 'version' | 'license',
    string
  >
  const text = file === undefined ? '' : `\n\n${readFileSync(join(folder, file), 'utf8').trim()}`
  return `${name} ${version} (${license})${text}`
}
