// Measures the cost of the packed client's types for a compiler: a program that calls a client with 500
// procedures against a program without a client. Differences and ratios compare results of one round.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { printDeclarations } from '@app/client-pack'
import { z } from 'zod'
import { cpuMsOfProgram } from './cpu-time.ts'
import { median } from './figures.ts'
import { targetOf } from './verdict.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    procedures: { type: 'string', default: '500' },
    calls: { type: 'string', default: '10' },
    compilers: { type: 'string', default: '5.9,6,7' },
  },
})
const rounds = Number(values.rounds)
const procedures = Number(values.procedures)
const calls = Number(values.calls)

interface Compilation {
  ms: number
  cpuMs: number
}

/** Of the program without the client, and of the one with it. */
type Pair = readonly [Compilation, Compilation]

/** The CPU time that the client may add. */
const targetMs = 500

const require = createRequire(import.meta.url)
const compilers = Object.entries({ '5.9': 'typescript-5', '6': 'typescript-6', '7': 'typescript' }).filter(
  ([version]) => values.compilers.split(',').includes(version),
)

const folder = mkdtempSync(join(tmpdir(), 'client-types-'))
try {
  const client = join(folder, 'node_modules/packed-client')
  mkdirSync(client, { recursive: true })
  writeFileSync(join(client, 'package.json'), '{ "name": "packed-client", "types": "index.d.ts" }')
  const declarations = printDeclarations({ _def: { procedures: manyProcedures(procedures) } })
  writeFileSync(join(client, 'index.d.ts'), declarations)
  console.log(
    `${procedures} procedures, one file of ${Math.round(declarations.length / 1024)} KB, ${calls} calls, ${rounds} rounds`,
  )

  for (const skipLibCheck of [true, false]) {
    const empty = project({ skipLibCheck, program: 'export const answer = 42\n' })
    const calling = project({ skipLibCheck, program: callingProgram(calls) })
    for (const [version, name] of compilers) {
      const tsc = join(dirname(require.resolve(`${name}/package.json`)), 'bin/tsc')
      const pairs = Array.from({ length: rounds }, (): Pair => [compile(tsc, empty), compile(tsc, calling)])
      console.log(
        [
          `TypeScript ${version}, skipLibCheck ${skipLibCheck}`,
          compare('time', pairs, 'ms'),
          `${compare('CPU', pairs, 'cpuMs')}, ${targetOf(added(pairs, 'cpuMs'), 'below', targetMs, 'ms')}`,
        ].join('   '),
      )
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** Creates procedures with inputs, outputs and failures of usual size, each with its own types. */
function manyProcedures(count: number): object {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const row = z.object({
        id: z.string(),
        [`field${index}`]: z.string(),
        status: z.enum(['open', 'closed', `status${index}`]),
        owner: z.nullable(z.object({ id: z.string(), name: z.string() })),
        tags: z.array(z.string()),
        createdAt: z.string(),
      })
      const definition = {
        type: index % 2 === 0 ? 'query' : 'mutation',
        meta: {
          description: `Does what procedure ${index} does.`,
          UNAUTHENTICATED: true,
          SESSION_EXPIRED: true,
          NOT_FOUND: true,
          FORBIDDEN: true,
        },
        inputs: [z.object({ id: z.string(), [`input${index}`]: z.optional(z.number()), search: z.string() })],
        output: z.object({ items: z.array(row), nextCursor: z.nullable(z.string()) }),
      }
      return [`feature${Math.floor(index / 10)}.procedure${index}`, { _def: definition }]
    }),
  )
}

function callingProgram(count: number): string {
  const functions = Array.from({ length: count }, (_, index) => {
    const method = index % 2 === 0 ? 'query' : 'mutate'
    return `
export async function call${index}() {
  const result = await attempt(
    api.feature${Math.floor(index / 10)}.procedure${index}.${method}({ id: '1', search: 'x', input${index}: 1 }),
  )
  if (result.ok) return result.value.items.map((row) => row.field${index})
  return result.failure.reason === 'NOT_FOUND' ? [] : result.failure
}`
  })
  return `import { attempt, createClient } from 'packed-client'

const api = createClient('http://localhost:8087')
${functions.join('\n')}
`
}

function project({ skipLibCheck, program }: { skipLibCheck: boolean; program: string }): string {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2022', 'dom'],
    types: [],
    strict: true,
    skipLibCheck,
    declaration: true,
    noEmit: true,
  }
  const path = mkdtempSync(join(folder, 'project-'))
  writeFileSync(join(path, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(path, 'program.ts'), program)
  writeFileSync(join(path, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  return path
}

/** Checks the project once. @returns the time and the CPU time of all processes of the compiler */
function compile(tsc: string, path: string): Compilation {
  const started = performance.now()
  const cpuMs = cpuMsOfProgram([process.execPath, tsc, '-p', path])
  return { ms: performance.now() - started, cpuMs }
}

function compare(name: string, pairs: readonly Pair[], key: keyof Compilation): string {
  const without = median(pairs.map(([first]) => first[key]))
  const more = added(pairs, key)
  const ratio = median(pairs.map(([first, second]) => second[key] / first[key]))
  return `${name} ${without.toFixed(0)} ms, with the client ${more < 0 ? '' : '+'}${more.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`
}

function added(pairs: readonly Pair[], key: keyof Compilation): number {
  return median(pairs.map(([first, second]) => second[key] - first[key]))
}
