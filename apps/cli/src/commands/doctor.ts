import { product } from '@app/contract/product'
import { CommandFailed, WrongUse } from '../command.ts'
import type { Command } from '../command.ts'
import type { Finding } from '../doctor/finding.ts'
import { parseArguments } from '../parse-arguments.ts'

const timeoutMs = 10_000

export const doctor: Command = {
  name: 'doctor',
  parameters: '[--server <url>] [--page <origin>] [--idle] [--json]',
  summary: 'Find what is wrong with a server, its proxy and its install, and print the fix.',
  details: `Checks the server as browsers reach it: certificate, name, addresses of clients, origins, cookie,
event streams, clock, mail. Without --server it also checks the install beside it: settings, modes
of files, database, mail server. It needs no log-in and changes nothing. Each check is one
line (ok, warn, fail, skipped), with the fix on the next.

Options:
  --server <url>   The address that users open. Default: PUBLIC_URL of the settings.
  --page <origin>  Where pages that call the server come from. Default: the server itself.
  --idle           Also wait for a silent event stream (17 seconds).
  --json           Print {"ok": …, "findings": [{"check", "status", "text", "fix"}]} as one line.

Exit codes: 0 nothing failed, 1 a check failed, 2 wrong use.

Examples:
  ${product.command} doctor
  ${product.command} doctor --server https://accounts.example.org --page https://app.example.org`,
  unseen: null,
  async run(args) {
    const options = {
      server: { type: 'string' },
      page: { type: 'string' },
      idle: { type: 'boolean' },
      json: { type: 'boolean' },
    } as const
    const { values } = parseArguments(args, { options, positionals: [] })
    const given = values.server === undefined ? null : originOf(values.server, '--server')
    const page = values.page === undefined ? null : originOf(values.page, '--page')
    const { checkServer } = await import('../doctor/check-server.ts')
    const { createReport } = await import('../doctor/report-findings.ts')
    const report = createReport({ isJson: values.json === true })
    const server = given ?? (await checkLocal(report.add))
    if (server !== null) {
      const subject = {
        server,
        page: page ?? server,
        plainHttp: server.port === '' ? new URL(`http://${server.hostname}`) : null,
        timeoutMs,
        waitsForIdle: values.idle === true,
        now: Date.now,
      }
      await checkServer(subject, report.add)
    }
    const failed = report.end()
    if (failed > 0) throw new CommandFailed(`${failed} ${failed === 1 ? 'check' : 'checks'} failed.`)
  },
}

async function checkLocal(add: (finding: Finding) => void): Promise<URL | null> {
  const { checkInstall } = await import('../doctor/check-install.ts')
  const { findings, publicUrl } = await checkInstall(process.env)
  for (const finding of findings) add(finding)
  return publicUrl === null ? null : new URL(publicUrl)
}

function originOf(text: string, option: string): URL {
  const url = URL.parse(text)
  const isOrigin = url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (url !== null && isOrigin && /^https?:$/.test(url.protocol)) return url
  throw new WrongUse(`${option} must be an address without a path, like https://accounts.example.org.`)
}
