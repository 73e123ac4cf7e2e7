// `npm run dev` runs the API and Vite, both with reload. The server reads the settings itself. Vite gets the
// few that it needs from here, so PORT, HOST, PUBLIC_URL and `.env` mean the same as for `npm start`.
// Arguments go to turbo.
import { spawnSync } from 'node:child_process'
import { readEnvironment, repositoryRoot } from '@app/router'
import { freePort } from '../../../tools/free-port.ts'
import { devAddresses, devSettings } from './addresses.ts'

const { environment, problems } = readEnvironment(repositoryRoot, process.env, devSettings)
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
const settings = Object.fromEntries(devSettings.map((name) => [name, environment[name]]))
// Vite needs the port before the server has chosen one.
if (settings['PORT'] === '0') settings['PORT'] = String(await freePort())
// Ctrl-C reaches all processes; this one ends after the others.
process.on('SIGINT', () => undefined)
const { status, error } = spawnSync('turbo', ['run', 'dev', '--env-mode=loose', ...process.argv.slice(2)], {
  cwd: repositoryRoot,
  stdio: 'inherit',
  // The server reads these again when it restarts, and must not move away from Vite.
  env: { ...process.env, ...settings, ...devAddresses(settings) },
})
if (error) throw error
process.exitCode = status ?? 1
