import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempDisposableSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { configurations } from './configurations.ts'
import { programOf } from './outside-project.ts'

const root = join(import.meta.dirname, '../../..')
const client = join(root, 'packages/client')
const compiler = join(root, 'node_modules/typescript/bin/tsc')

// Sequential, because each build first brings the declarations of the client up to date.
test.each(Object.entries(configurations))(
  'a package of the workspace with the options of %s: has no errors and names the results of calls',
  async (name, options) => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'workspace-package-'))
    const write = (file: string, text: string) => writeFileSync(join(folder.path, file), text)
    const link = (name: string, target: string) => {
      mkdirSync(join(folder.path, 'node_modules/@app'), { recursive: true })
      symlinkSync(target, join(folder.path, 'node_modules', name))
    }
    link('@app/client', client)
    link('@types', join(import.meta.dirname, '../node_modules/@types'))
    write('package.json', '{ "type": "module" }')
    write('program.ts', programOf('@app/client'))
    const emitted = { declaration: true, emitDeclarationOnly: true, outDir: 'out' }
    const references = ['src', 'node'].map((part) => ({ path: join(client, `tsconfig.${part}.json`) }))
    // The templates have it, and lack the types that the declarations of the router need.
    const skipLibCheck = name !== 'a strict project'
    const compilerOptions = { ...options, ...emitted, skipLibCheck }
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['program.ts'], references }))
    expect(await build(folder.path)).toEqual([])
    const declarations = readFileSync(join(folder.path, 'out/program.d.ts'), 'utf8')
    expect(declarations).toMatch(/renamed: .*Attempt<\{[^]*username: string/)
    // The compiler itself adds these arguments.
    expect(declarations.replaceAll('<string, any, any>', '')).not.toMatch(/\bany\b/)
  },
  180_000,
)

/** @returns the errors of the compiler, without those in declarations of installed packages */
async function build(folder: string): Promise<string[]> {
  const command = [compiler, '--build', '--pretty', 'false']
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  )
  // An error may have more lines, which are indented.
  const errors = stdout.split(/\n(?!\s)/).filter((error) => error !== '')
  return errors.filter((error) => !/\/node_modules\/\.pnpm\/.*\(\d+,\d+\): error /.test(error))
}
