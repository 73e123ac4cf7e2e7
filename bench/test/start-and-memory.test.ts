import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { freePort } from '@app/router/testing/databases'
import { describeOnPostgres } from '@app/router/testing/describe-on-each'
import { expect, test } from 'vitest'
import { runProgram } from './run-program.ts'

const isLinux = existsSync('/proc/self/status')

test.skipIf(!isLinux)(
  `benchmark of start and memory: prints its figures, and whether each target is met${isLinux ? '' : ' (needs Linux)'}`,
  async () => {
    const few = ['--starts=1', '--streams=20', '--step=10', '--rounds=2', '--logins=2']
    const short = ['--seconds=0.1', '--idleSeconds=0.1', '--restSeconds=1']
    const { code, stdout } = await runProgram('start-and-memory.ts', ...few, ...short)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^start, median +\d+ ms, target below 1000 ms: (?:not )?met$/m)
    expect(stdout).toMatch(/^idle +\d+ MB, target below 90 MB: (?:not )?met$/m)
    expect(stdout).toMatch(
      /^ +20 streams: \d+ MB\n( +account\.me p(?:50|99) .* ratio [\d.]+, target at most 1\.25: (?:not )?met\n){2} +account\.me p99\.9 .* ratio [\d.]+\n +scavenges \d+ of [\d.]+ ms without, \d+ of [\d.]+ ms with; 40 calls of each server$/m,
    )
    expect(stdout).toMatch(/^after 2 log-ins +\d+ MB$/m)
    expect(stdout).toMatch(/^20 streams +\d+ MB, target below 1000 MB: (?:not )?met$/m)
    expect(stdout).toMatch(/^one stream: [-\d.]+ KB, [\d.]+ µs of CPU a second$/m)
  },
)

test('benchmark of start and memory: Ctrl-C also ends its server', async () => {
  const port = await freePort()
  const server = `require('node:http').createServer((_, response) => response.end()).listen(${port})`
  const program = `
    import { startBuiltServer } from ${JSON.stringify(new URL('../src/start-and-memory-server.ts', import.meta.url))}
    await startBuiltServer(${port}, {}, [process.execPath, '--eval', ${JSON.stringify(server)}])
    process.kill(process.pid, 'SIGINT')`
  const words = ['--input-type=module', '--eval', program]
  expect(spawnSync(process.execPath, words, { stdio: 'ignore' }).status).toBe(1)
  await expect.poll(() => fetch(`http://127.0.0.1:${port}`).then(String, () => 'closed')).toBe('closed')
})

describeOnPostgres('benchmark of start and memory', () => {
  test.skipIf(!isLinux)('benchmark of start and memory: adds the CPU time of PostgreSQL', async () => {
    const few = ['--database=postgres', '--measure=streams', '--streams=10', '--step=10', '--rounds=1']
    const short = ['--seconds=0.1', '--restSeconds=1']
    const { code, stdout } = await runProgram('start-and-memory.ts', ...few, ...short)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^one stream: [-\d.]+ KB, [\d.]+ µs of CPU a second, and [\d.]+ µs of PostgreSQL$/m,
    )
  })
})
