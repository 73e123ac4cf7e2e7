import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { cleanPath } from '../build/clean-path.ts'

/** An app with a worker and a package that needs another one, installed as pnpm does. */
const files = {
  'index.html': '<script type="module" src="/main.js"></script>',
  'main.js': "import 'outer'; new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })",
  'worker.js': "import 'outer'; postMessage('from the worker')",
  'node_modules/.pnpm/outer/node_modules/outer/index.js': "import 'inner'",
  'node_modules/.pnpm/inner/node_modules/inner/index.js': "console.log('from the inner package')",
}

function writeFiles(root: string): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), content)
  }
  symlinkSync('.pnpm/outer/node_modules/outer', path.join(root, 'node_modules/outer'))
  symlinkSync(
    '../../inner/node_modules/inner',
    path.join(root, 'node_modules/.pnpm/outer/node_modules/inner'),
  )
}

test.each(['plain', 'a #1', 'what?', '100% ü #?x'])('build: works in a folder named %j', async (name) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'app-odd-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = path.join(folder, name)
  writeFiles(root)
  const checkout = cleanPath(root)
  await build({
    root: checkout.folder,
    configFile: false,
    logLevel: 'silent',
    plugins: checkout.plugins(),
    worker: { plugins: checkout.plugins },
  })
  const assets = path.join(root, 'dist/assets')
  const built = readdirSync(assets).map((file) => readFileSync(path.join(assets, file), 'utf8'))
  expect(built.filter((text) => text.includes('from the inner package'))).toHaveLength(2)
  expect(built.filter((text) => text.includes('from the worker'))).toHaveLength(1)
})
