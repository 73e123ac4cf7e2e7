import { describe, expect, test } from 'vitest'
import { parseDatabaseUrl } from './database-url.ts'

describe('DATABASE_URL', () => {
  test.each([
    ['file:data/app.db', '/srv/app/data/app.db'],
    ['file:./app.db', '/srv/app/app.db'],
    ['file:/var/lib/app.db', '/var/lib/app.db'],
    ['file:///var/lib/app.db', '/var/lib/app.db'],
  ])('database URL: %s names the file %s', (url, file) => {
    expect(parseDatabaseUrl(url, '/srv/app')).toEqual({ kind: 'sqlite', file })
  })

  test.each(['postgres://ada@db.example/app', 'postgresql://ada@db.example/app'])(
    'database URL: %s names a PostgreSQL database',
    (url) => {
      expect(parseDatabaseUrl(url, '/srv/app')).toEqual({ kind: 'postgres', url })
    },
  )

  test.each([
    ['', 'must start with'],
    ['data/app.db', 'must start with'],
    ['mysql://ada:hunter2@db.example/app', 'must start with'],
    ['postgres://ada:hunter2@[', 'must be a valid'],
    ['file:', 'must name a file'],
    ['file:data/', 'must name a file'],
    ['file://host/app.db', 'must name a file'],
    ['file::memory:', 'plain file'],
    ['file:app.db?mode=ro', 'plain file'],
  ])('database URL: rejects %s without repeating it', (url, problem) => {
    const parse = () => parseDatabaseUrl(url, '/srv/app')
    expect(parse).toThrow(problem)
    expect(parse).not.toThrow('hunter2')
  })
})
