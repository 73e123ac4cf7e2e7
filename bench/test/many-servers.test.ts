import { describeOnPostgres } from '@app/router/testing/describe-on-each'
import { expect, test } from 'vitest'
import { isInstalled } from '../../tools/optional-programs.ts'
import { runProgram } from './run-program.ts'

const hasNginx = isInstalled('nginx')

describeOnPostgres('benchmarks of several servers', () => {
  test.skipIf(!hasNginx)(
    `benchmark of several servers: prints ratios and what bounds them${hasNginx ? '' : ' (nginx is not installed)'}`,
    async () => {
      const short = ['--rounds=1', '--seconds=0.2', '--connections=8']
      const { code, stdout } = await runProgram('many-servers.ts', ...short)
      expect(code).toBe(0)
      expect(stdout).toMatch(/^3 servers behind nginx( +[\d.]+){8}$/m)
      expect(stdout).toMatch(/^one prepared select( +[\d.]+){8}$/m)
      expect(stdout).toMatch(/^2 servers \/ 1 server: [\d.]+ /m)
      expect(stdout).toMatch(/^bound of one server: \d+ .* at most [\d.]+ times$/m)
      expect(stdout).toMatch(/^account\.me without proxy \/ one prepared select: [\d.]+ /m)
    },
  )

  test('benchmark of several servers: fails when a server does not start', async () => {
    const { code, stderr } = await runProgram('many-servers.ts', '--pool=none')
    expect(stderr).toContain(
      'A server ended with 1. Is it built? Run `npm run bench -- many-servers`, which builds.',
    )
    expect(code).toBe(1)
  })

  test('measurement of rows: prints bytes by table', async () => {
    const { code, stdout } = await runProgram('row-bytes.ts', '--users=8')
    expect(code).toBe(0)
    const expectRow = (table: string) => expect(stdout).toMatch(new RegExp(`^${table}( +\\d+){4}$`, 'm'))
    expectRow('users')
    expectRow('sessions')
    expectRow('audit_events')
    expectRow('notes')
  })
})
