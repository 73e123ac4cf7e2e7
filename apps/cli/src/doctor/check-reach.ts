import { codeOf } from '../error-causes.ts'
import { networkProblem } from '../remote/network-problem.ts'
import { findingsOf } from './finding.ts'
import type { Finding } from './finding.ts'
import { ask } from './subject.ts'
import type { Subject } from './subject.ts'

const { ok, fail } = findingsOf('reach')
const readiness = findingsOf('ready')

/** What `/readyz` answers, with the fix (docs/operations.md, Health). */
const notReady: { [word: string]: [text: string, fix: string] | undefined } = {
  database: [
    'The database does not answer.',
    'Start the database, or correct DATABASE_URL; the log has the cause.',
  ],
  damaged: ['Part of the database file cannot be read.', 'Restore the backup (docs/operations.md, SQLite).'],
  migrations: ['The database lacks migrations.', 'Run the command `migrate` on the server, or restart it.'],
  stopping: ['The server is stopping.', 'Start it again.'],
}

/** Checks whether the server answers at the address. */
export async function checkReach(subject: Subject): Promise<Finding[]> {
  const { host } = subject.server
  try {
    const { status, body, headers } = await ask(subject, '/livez')
    const to = URL.parse(headers.location ?? '', subject.server.href)
    if (status >= 300 && status < 400 && to !== null && to.origin !== subject.server.origin) {
      return [fail(`${host} leads to ${to.origin}.`, `Check that address: --server ${to.origin}`)]
    }
    // Refused for its name; the next checks say why.
    if (status === 421) return [ok(`The server answers at ${host}.`)]
    if (status !== 200 || body.trim() !== 'alive') {
      return [
        fail(
          `Another program answers at ${host} (status ${status}).`,
          'Check the address. nginx: proxy_pass http://127.0.0.1:8087; in the location / of this name.',
        ),
      ]
    }
  } catch (error) {
    return [fail(networkProblem(error, host), fixOf(codeOf(error)))]
  }
  return [ok(`The server answers at ${host}.`), await checkReadiness(subject)]
}

async function checkReadiness(subject: Subject): Promise<Finding> {
  const { status, body } = await ask(subject, '/readyz')
  if (status === 200) return readiness.ok('The server is ready, and its database accepts writes.')
  const [text, fix] = notReady[body.trim()] ?? [
    `The server is not ready (status ${status}).`,
    'Read its log.',
  ]
  return readiness.fail(text, fix)
}

function fixOf(code: string | undefined): string {
  if (code === 'ENOTFOUND')
    return 'Add the name to your DNS: an A or AAAA record with the address of the proxy.'
  if (code === 'ECONNREFUSED') return 'Start the server or its proxy, and let it listen at this port.'
  return 'Check the address, the firewalls, and that the proxy listens at this port.'
}
