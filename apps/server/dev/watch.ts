// Runs the server of `npm run dev`, and restarts it after an edit (decision 120). It imports nothing of the
// packages, so that it also works while they have errors.
import path from 'node:path'
import { runAndWatch } from './run-and-watch.ts'

const root = path.join(import.meta.dirname, '../../..')
const sources = [
  'apps/server/dev',
  'apps/server/src',
  'packages/contract/src',
  'packages/mails/src',
  'packages/router/src',
]
runAndWatch({
  program: path.join(import.meta.dirname, 'main.ts'),
  root,
  folders: sources.map((folder) => path.join(root, folder)),
  settings: path.resolve(root, process.env['ENV_FILE'] || '.env'),
})
