import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'

const run = promisify(execFile)

test('generated client: compiles with TypeScript 5 and 7, and calls the server', async () => {
  await using app = await testApp()
  // In this package, so that the program finds openapi-fetch.
  const folder = path.join(import.meta.dirname, '../.cache/generated')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  copyFileSync(path.join(import.meta.dirname, '../main.ts'), path.join(folder, 'main.ts'))
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(strict))
  const generator = fileURLToPath(
    new URL('bin/cli.js', import.meta.resolve('openapi-typescript/package.json')),
  )
  const types = path.join(folder, 'api.d.ts')
  await run(process.execPath, [generator, `${app.url}/api/openapi.json`, '-o', types])

  for (const compiler of compilers) await compile(path.join(path.dirname(compiler), 'bin/tsc'), folder)

  const program = path.join(folder, 'main.ts')
  expect(await linesOf(program, app.url)).toEqual([
    'Signed up as generated-caller.',
    'The name is Generated Caller.',
    'The first user is generated-caller.',
    'Removing a user: FORBIDDEN.',
  ])
  expect((await linesOf(program, app.url))[0]).toBe('The name generated-caller is taken, so logged in.')
})

/** TypeScript 5, with which the types were generated, and the one of this repository. */
const compilers = [
  fileURLToPath(import.meta.resolve('typescript/package.json')),
  path.join(import.meta.dirname, '../../../node_modules/typescript/package.json'),
]

const strict = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: false,
    module: 'nodenext',
    target: 'es2024',
    types: ['node'],
  },
  include: ['*.ts'],
}

/** @throws with the errors of the compiler */
async function compile(tsc: string, folder: string): Promise<void> {
  await run(process.execPath, [tsc, '-p', folder]).catch(({ stdout }: { stdout: string }) => {
    throw new Error(stdout)
  })
}

async function linesOf(program: string, url: string): Promise<string[]> {
  const { stdout, stderr } = await run(process.execPath, [program, url])
  expect(stderr).toBe('')
  return stdout.trim().split('\n')
}
