import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isInstalled } from '../optional-programs.ts'
import { readRecord } from './begin-record.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

// A tree with a record asks no questions.
test.skipIf(!isInstalled('script') || readRecord(root) !== undefined)(
  'begin: Ctrl-C at a question ends it with 130 and without a message',
  async () => {
    const command = `'${process.execPath}' '${root}tools/begin/begin.mjs'; echo "code $?"`
    const child = spawn('script', ['-qc', command, '/dev/null'], {
      env: { ...process.env, TERM: 'xterm' },
    })
    let screen = ''
    let isAsked = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text
      if (isAsked || !screen.includes('Name of the product: ')) return
      isAsked = true
      child.stdin.write('\u0003')
    })
    await once(child, 'close')
    expect(screen).toMatch(/code 130/)
    expect(screen).not.toContain('Aborted')
  },
)
