import { execFile } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packageName } from '../src/pack-client.ts'
import { configurations } from './configurations.ts'
import { outsideProject, programOf } from './outside-project.ts'
import type { OutsideProject } from './outside-project.ts'

const modules = join(import.meta.dirname, '../node_modules')
const compilers = {
  'TypeScript 5.9': join(modules, 'typescript-5/bin/tsc'),
  'TypeScript 6': join(modules, 'typescript-6/bin/tsc'),
  'TypeScript 7': join(import.meta.dirname, '../../../node_modules/typescript/bin/tsc'),
}

let project: OutsideProject
beforeAll(async () => {
  project = await outsideProject()
  mkdirSync(join(project.folder, 'node_modules/@types'))
  symlinkSync(join(modules, '@types/node'), join(project.folder, 'node_modules/@types/node'))
})
afterAll(() => project[Symbol.dispose]())

// The compiler's own declarations are skipped: they are half of the work.
const checks = ['--skipLibCheck', 'false', '--skipDefaultLibCheck', '--declaration', '--noEmit']

describe.each(Object.entries(compilers))('the packed client: %s', (name, compiler) => {
  /**
   * Runs the compiler in its own folder, below the folder where the client is installed.
   * @returns the output of the compiler
   */
  async function compile(folderName: string, options: object | null, ...args: string[]): Promise<string> {
    const folder = join(project.folder, `${name} ${folderName}`)
    mkdirSync(folder)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'program.ts'), programOf(packageName))
    if (options === null) await run(compiler, folder, '--init')
    else writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }))
    return run(compiler, folder, ...args)
  }

  test.concurrent.each(Object.entries(configurations))(
    'has no errors with the options of %s',
    async (configuration, options) => {
      expect(await compile(configuration, options, ...checks)).toBe('')
    },
  )

  test.concurrent('has no errors with the options that tsc --init writes', async () => {
    expect(await compile('init', null, ...checks)).toBe('')
  })

  test.concurrent('reads one file of the client', async () => {
    const files = await compile('files', configurations.Vite, '--listFilesOnly')
    expect(files.split('\n').filter((file) => file.includes(`${packageName}/`))).toHaveLength(1)
  })
})

async function run(compiler: string, cwd: string, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, [compiler, ...args], { cwd })).stdout
  } catch (error) {
    return (error as { stdout: string }).stdout
  }
}
