import pg from 'pg'
import { expect, test } from 'vitest'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { toDatabaseUnavailable } from './postgres-error.ts'

const server = 'db.example.org:5432/app'

test.each([
  ['ECONNREFUSED', 'connect', 'Start it, or correct DATABASE_URL.'],
  // The socket of a server on this machine is missing.
  ['ENOENT', 'connect', 'Start it, or correct DATABASE_URL.'],
  ['ENOTFOUND', 'getaddrinfo', 'Correct the host in DATABASE_URL.'],
  ['EAI_AGAIN', 'getaddrinfo', 'Check the name server of this machine, and the host in DATABASE_URL.'],
  ['EHOSTUNREACH', 'connect', 'Check the network between both machines, and the host in DATABASE_URL.'],
  ['ENETUNREACH', 'connect', 'Check the network between both machines, and the host in DATABASE_URL.'],
  ['ETIMEDOUT', 'connect', 'Check the network between both machines, and the host in DATABASE_URL.'],
])('PostgreSQL: the message of %s at %s says what to do', (code, syscall, fix) => {
  const error = Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
  expect(toDatabaseUnavailable(error, server)).toEqual(
    new DatabaseUnavailable(`PostgreSQL at ${server} is not reachable (${code}). ${fix}`),
  )
})

test('PostgreSQL: the message of a host with several addresses says what to do', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' })
  const error = Object.assign(new AggregateError([refused, refused]), { code: 'ECONNREFUSED' })
  expect(toDatabaseUnavailable(error, server)).toEqual(
    new DatabaseUnavailable(
      `PostgreSQL at ${server} is not reachable (ECONNREFUSED). Start it, or correct DATABASE_URL.`,
    ),
  )
})

test('PostgreSQL: the message of a missing right names a command that can be run', () => {
  const error = new pg.DatabaseError('must be owner of table users', 0, 'error')
  error.code = '42501'
  expect(toDatabaseUnavailable(error, server)).toMatchObject({
    message: expect.stringMatching(
      / Run once with the user that owns the tables: node tools\/pnpm\.mjs exec \S+ migrate$/,
    ),
  })
})
