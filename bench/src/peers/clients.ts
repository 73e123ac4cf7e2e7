import { cpSync, mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { printDeclarations } from '@app/client-pack'
import { appRouter } from '@app/router'
import { build } from 'rolldown'
import { cpuMsOfProgram } from '../cpu-time.ts'
import { peersFolder } from './peer-command.ts'

const clientsFolder = path.join(peersFolder, 'clients')

export const clients = [
  { name: 'ours', file: 'ours.ts' },
  { name: 'better-auth', file: 'better-auth.ts' },
  { name: 'better-auth and tRPC', file: 'better-auth-trpc.ts' },
  { name: 'fetch alone, for the others', file: 'fetch.ts' },
] as const

export interface ClientSize {
  minifiedBytes: number
  brotliBytes: number
}

/** Bundles the script of a page that logs in and shows the user's name. */
export async function sizeOfClient(file: string): Promise<ClientSize> {
  const { output } = await build({
    input: path.join(clientsFolder, file),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
    output: { format: 'esm', minify: true, codeSplitting: false },
    write: false,
    logLevel: 'silent',
  })
  const code = output.map((chunk) => ('code' in chunk ? chunk.code : '')).join('')
  return { minifiedBytes: Buffer.byteLength(code), brotliBytes: brotliCompressSync(code).length }
}

/**
 * Type-checks each client by turns, with the same options. Our client has the types of the packed client, as
 * in any other project.
 * @returns for each client the CPU times in ms
 */
export function checkTypesOfClients(rounds: number): number[][] {
  using folder = mkdtempDisposableSync(path.join(tmpdir(), 'client-types-'))
  packOurClient(folder.path)
  const projects = clients.map(({ file }) => {
    const project = path.join(folder.path, `${file}.tsconfig.json`)
    const from = file === 'ours.ts' ? folder.path : clientsFolder
    const options = { extends: path.join(clientsFolder, 'tsconfig.json'), files: [path.join(from, file)] }
    writeFileSync(project, JSON.stringify(options))
    return project
  })
  const tsc = path.join(
    path.dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin/tsc',
  )
  const cpuMs = projects.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, project] of projects.entries()) {
      cpuMs[index]?.push(cpuMsOfProgram([process.execPath, tsc, '-p', project]))
    }
  }
  return cpuMs
}

function packOurClient(folder: string): void {
  for (const file of ['ours.ts', 'form.ts']) cpSync(path.join(clientsFolder, file), path.join(folder, file))
  const packed = path.join(folder, 'node_modules/@app/client')
  mkdirSync(packed, { recursive: true })
  writeFileSync(path.join(packed, 'package.json'), '{ "name": "@app/client", "types": "index.d.ts" }')
  writeFileSync(path.join(packed, 'index.d.ts'), printDeclarations(appRouter))
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }')
}
