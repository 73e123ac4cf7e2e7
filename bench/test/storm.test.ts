import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { describeOnEach } from '@app/router/testing/describe-on-each'
import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

describeOnEach('benchmark of storms', (kind) => {
  // Both attacks on one server, whose start takes most of the time.
  test('benchmark of storms: prints the figures of both attacks, and whether each target is met', async () => {
    const program = path.join(import.meta.dirname, '../src/storm.ts')
    const attacks = ['--attack=logins', '--attack=calls', '--addresses=2']
    const short = ['--rounds=1', '--seconds=0.5', '--cost=4', '--clients=4', '--rate=20']
    const run = async () => {
      const options = [`--database=${kind}`, ...attacks, ...short]
      return (await promisify(execFile)(process.execPath, [program, ...options])).stdout
    }
    let stdout = await run()
    // On a busy machine no client may log in twice. In a longer storm the accounts would reach their limit.
    for (let tries = 1; tries < 8 && stdout.includes('share of bcrypt alone: NaN'); tries += 1)
      stdout = await run()
    expect(stdout).toMatch(new RegExp(`^database: ${kind}$`, 'm'))
    expect(stdout).toMatch(/^attacked +[1-9]/m)
    expect(stdout).toMatch(
      /^ratio: p50 [\d.]+, target at most 3: (?:not )?met; p90 [\d.]+; \d+ BUSY, target at most 0: (?:not )?met$/m,
    )
    for (const subject of ['account.me', 'account.activity', 'GET /login', '/readyz']) {
      expect(stdout).toMatch(new RegExp(`^${subject}( +[\\d.]+){5} .*, target at most 3: (?:not )?met$`, 'm'))
    }
    expect(stdout).toMatch(/^share of bcrypt alone: [\d.]+ .*, target at least 0\.8: (?:not )?met$/m)
    expect(stdout).toMatch(/^memory: at most \d+ MB, target below 300: (?:not )?met$/m)
    expect(stdout).toMatch(/^other answers: \{\}$/m)
  })
})

test('benchmark of storms: log-ins that were not made are no log-ins without BUSY', async () => {
  const none = ['--attack=logins', '--seconds=0', '--cost=4', '--clients=1', '--addresses=1']
  const { code, stdout } = await runProgram('storm.ts', ...none)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^ratio: p50 NaN, target at most 3: not measured; .* 0 BUSY, .*: not measured$/m)
})
