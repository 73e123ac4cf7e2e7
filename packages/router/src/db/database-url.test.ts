import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from './database-url.ts'

describe('DATABASE_URL', () => {
  test.each([
    ['file:data/latchkey.db', '/srv/app/data/latchkey.db'],
    ['file:./latchkey.db', '/srv/app/latchkey.db'],
    ['file:/var/lib/latchkey.db', '/var/lib/latchkey.db'],
    ['file:///var/lib/latchkey.db', '/var/lib/latchkey.db'],
  ])('%s is the file %s', (url, file) => {
    expect(parseDatabaseUrl(url, '/srv/app')).toEqual({ kind: 'sqlite', file })
  })

  test.each(['postgres://ada@db.example/latchkey', 'postgresql://ada@db.example/latchkey'])('%s', (url) => {
    expect(parseDatabaseUrl(url, '/srv/app')).toEqual({ kind: 'postgres', url })
  })

  test.each([
    ['', 'must start with'],
    ['data/latchkey.db', 'must start with'],
    ['mysql://ada:hunter2@db.example/latchkey', 'must start with'],
    ['postgres://ada:hunter2@[', 'must be a valid'],
    ['file:', 'must name a file'],
    ['file:data/', 'must name a file'],
    ['file://host/latchkey.db', 'must name a file'],
    ['file::memory:', 'plain file'],
    ['file:latchkey.db?mode=ro', 'plain file'],
  ])('refuses %s without repeating it', (url, problem) => {
    const parse = () => parseDatabaseUrl(url, '/srv/app')
    expect(parse).toThrow(problem)
    expect(parse).not.toThrow('hunter2')
  })
})
