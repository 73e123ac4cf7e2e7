import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageName } from '../src/pack-client.ts'
import { outsideProject } from './outside-project.ts'

const root = join(import.meta.dirname, '../../..')

/** Compares both clients in both directions, procedure by procedure: inputs, values and failures. */
const program = `
import type * as packed from '${packageName}'
import type * as own from '@app/client'

type Plain<Routes> = {
  [Name in keyof Routes]: Routes[Name] extends (input: infer I, options: own.StreamOptions<infer V, infer F>) => own.Stream
    ? [Exclude<I, void | undefined>, undefined extends I ? 'optional' : 'required', V, F]
    : Routes[Name] extends (input: infer I, ...options: never[]) => own.Call<infer V, infer F>
      ? [Exclude<I, void | undefined>, undefined extends I ? 'optional' : 'required', V, F]
      : Plain<Routes[Name]>
}
type PlainPacked<Routes> = {
  [Name in keyof Routes]: Routes[Name] extends (input: infer I, options: packed.StreamOptions<infer V, infer F>) => packed.Stream
    ? [Exclude<I, undefined>, undefined extends I ? 'optional' : 'required', V, F]
    : Routes[Name] extends (input: infer I, ...options: never[]) => packed.Call<infer V, infer F>
      ? [Exclude<I, undefined>, undefined extends I ? 'optional' : 'required', V, F]
      : PlainPacked<Routes[Name]>
}
declare const ownPlain: Plain<own.Client>
declare const packedPlain: PlainPacked<packed.Client>
export const asPacked: PlainPacked<packed.Client> = ownPlain
export const asOwn: Plain<own.Client> = packedPlain
export const compared = packedPlain.auth.session.query[3].reason === 'BUSY'
`

test('the packed client: has the same types as the client in this workspace', async () => {
  using project = await outsideProject()
  project.write('program.ts', program)
  mkdirSync(join(project.folder, 'node_modules/@app'))
  symlinkSync(join(root, 'packages/client'), join(project.folder, 'node_modules/@app/client'))
  project.write(
    'tsconfig.json',
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: { composite: false, emitDeclarationOnly: false, noEmit: true, lib: ['es2024', 'dom'] },
      files: ['program.ts'],
    }),
  )
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', project.folder], {
    encoding: 'utf8',
  })
  // The last line of the program compares with a reason that the call cannot have.
  expect(stdout).toMatch(/^\S*program\.ts\(\d+,\d+\): error TS2367: .* no overlap\.\n$/)
})
