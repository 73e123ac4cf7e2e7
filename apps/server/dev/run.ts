// `npm run dev`: the API and Vite, both reloading. The server reads the settings itself; Vite is given from
// here what of them it needs, so that PORT, HOST, PUBLIC_URL and `.env` mean what they mean for `npm start`.
// Arguments go to turbo.
import { spawnSync } from 'node:child_process'
import { readEnvironment, repositoryRoot } from '@app/router'
import { devAddresses, devSettings, freePort } from './addresses.ts'

const { environment, problems } = readEnvironment(repositoryRoot, process.env, devSettings)
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
// Vite has to know the port before the server has one.
const port = environment['PORT'] === '0' ? { PORT: String(await freePort()) } : {}
const addresses = devAddresses({ ...environment, ...port })
// Ctrl-C reaches all processes; this one ends after the others.
process.on('SIGINT', () => undefined)
const { status, error } = spawnSync('turbo', ['run', 'dev', '--env-mode=loose', ...process.argv.slice(2)], {
  cwd: repositoryRoot,
  stdio: 'inherit',
  env: { ...process.env, ...port, ...addresses },
})
if (error) throw error
process.exitCode = status ?? 1
