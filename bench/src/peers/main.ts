// Measures our server and others with the same load by turns: protected calls, log-ins, sign-ups, a storm of
// log-ins, and the client in the browser. Writes the tables to bench/RESULTS.md; see bench/README.md.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { clients, sizeOfClient } from './clients.ts'
import { measureRun } from './measure-run.ts'
import type { Run } from './measure-run.ts'
import { flaskVersions, installPeers, peersFolder } from './peer-command.ts'
import { resultsText } from './results-text.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '24' },
    seconds: { type: 'string', default: '0.5' },
    /** The number of calls of each kind before the first round. */
    warmup: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '32' },
    cost: { type: 'string', default: '10' },
    output: { type: 'string', default: fileURLToPath(new URL('../../RESULTS.md', import.meta.url)) },
  },
})

installPeers()
const flask = flaskVersions()
const loads = [loadNow()]
const runs: Run[] = []
for (let run = 0; run < Number(values.runs); run += 1) {
  console.log(`Run ${run + 1} of ${values.runs}`)
  runs.push(
    await measureRun({
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      warmupCalls: Number(values.warmup),
      connections: Number(values.connections),
      hashCost: Number(values.cost),
      withFlask: flask !== null,
    }),
  )
  loads.push(loadNow())
}
const sizes = new Map(
  await Promise.all(clients.map(async ({ name, file }) => [name, await sizeOfClient(file)] as const)),
)

const text = resultsText({ about: about(), runs, sizes, missing: flask === null ? [withoutFlask()] : [] })
writeFileSync(values.output, text)
console.log(text)

function about(): string[] {
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: peersFolder, encoding: 'utf8' })
  const date = new Date().toLocaleDateString('en-GB', { dateStyle: 'long' })
  return [
    `${date}, commit ${commit.stdout.trim() || 'unknown'}, Node ${process.version}, ${process.platform} ${process.arch},`,
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), shared by servers, load and other programs:`,
    `load average ${loads.join(', ')} before and after each run.`,
    `bcrypt with cost ${values.cost}, ${values.connections} connections, ${values.rounds} rounds of ${values.seconds} s by turns after ${values.warmup} calls each, ${values.runs} runs with new servers.`,
    `Versions: ${[...peerVersions(), flask].filter((each) => each !== null).join(', ')}.`,
  ]
}

function peerVersions(): string[] {
  const { dependencies } = JSON.parse(readFileSync(path.join(peersFolder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return Object.entries(dependencies).map(([name, version]) => `${name} ${version}`)
}

function withoutFlask(): string {
  return 'Flask tutorials: not measured, because Flask, PyJWT, bcrypt or gunicorn is not installed (README).'
}

function loadNow(): string {
  return (loadavg()[0] ?? 0).toFixed(1)
}
