import { expect, test } from 'vitest'
import { relyingPartyOf } from './relying-party.ts'

test.each([
  ['https://accounts.example.org', 'accounts.example.org'],
  ['https://accounts.example.org:8443', 'accounts.example.org'],
  ['https://intranet', 'intranet'],
  ['https://bücher.example', 'xn--bcher-kva.example'],
  ['http://localhost:8087', 'localhost'],
  ['http://accounts.localhost:8087', 'accounts.localhost'],
])('relying party: is the host name of %s', (publicUrl, id) => {
  expect(relyingPartyOf(publicUrl)).toEqual({ id, origin: new URL(publicUrl).origin })
})

test.each([
  ['http://127.0.0.1:8087', 'http://localhost:8087'],
  ['http://[::1]:8087', 'http://localhost:8087'],
  ['http://127.0.0.1', 'http://localhost'],
])('relying party: is localhost for %s, which browsers refuse', (publicUrl, origin) => {
  expect(relyingPartyOf(publicUrl)).toEqual({ id: 'localhost', origin })
})

test.each([
  'http://127.0.0.2:8087',
  'https://127.0.0.1:8443',
  'https://192.0.2.7',
  'http://192.0.2.7',
  'https://[2001:db8::7]',
])('relying party: browsers refuse the IP address of %s', (publicUrl) => {
  expect(relyingPartyOf(publicUrl)).toEqual({ why: 'ip-address' })
})

test.each(['http://accounts.example.org', 'http://localhost.example.org', 'http://notlocalhost'])(
  'relying party: browsers refuse %s without https',
  (publicUrl) => {
    expect(relyingPartyOf(publicUrl)).toEqual({ why: 'not-https' })
  },
)
