// `npm run dev` runs the API and Vite, both with reload. The server reads the settings itself. Vite gets the
// few that it needs from here, so PORT, HOST, PUBLIC_URL and `.env` mean the same as for `npm start`.
// Arguments go to turbo.
import { spawnSync } from 'node:child_process'
import { product } from '@app/contract/product'
import { readEnvironment, repositoryRoot } from '@app/router'
import { freePort } from '../../../tools/free-port.ts'
import { devSettings, readDevAddresses } from './addresses.ts'
import type { DevAddresses } from './addresses.ts'
import { listenProblem } from './listen-problem.ts'

const { environment, problems } = readEnvironment(repositoryRoot, process.env, devSettings)
let reading = readDevAddresses(environment)
// Vite needs the port before the server has chosen one.
if (reading.addresses?.PORT === '0') {
  reading = readDevAddresses({ ...environment, PORT: String(await freePort()) })
}
if (reading.addresses === null || problems.length > 0) {
  fail(['these settings must be changed:', ...problems, ...reading.problems].join('\n  '))
} else {
  const problem = await listenProblem(reading.addresses)
  if (problem === null) run(reading.addresses)
  else fail(problem)
}

function run(addresses: DevAddresses): void {
  // Ctrl-C reaches all processes; this one ends after the others.
  process.on('SIGINT', () => undefined)
  const { status, error } = spawnSync('turbo', ['run', 'dev', '--env-mode=loose', ...process.argv.slice(2)], {
    cwd: repositoryRoot,
    stdio: 'inherit',
    // The server reads these again when it restarts, and must not move away from Vite.
    env: { ...process.env, PUBLIC_URL: environment['PUBLIC_URL'], ...addresses },
  })
  if (error) throw error
  process.exitCode = status ?? 1
}

function fail(reason: string): void {
  console.error(`${product.name} cannot start: ${reason}`)
  process.exitCode = 1
}
