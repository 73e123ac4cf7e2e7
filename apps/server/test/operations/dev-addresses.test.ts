import { expect, test } from 'vitest'
import { readDevAddresses } from '../../dev/addresses.ts'
import { readConfig } from '../../src/config/config.ts'

test.each([
  [{}, { WEB_PORT: '5173', API_URL: 'http://127.0.0.1:8087', API_ORIGIN: 'http://localhost:8087' }],
  [
    { PORT: '', HOST: ' ', PUBLIC_URL: '', WEB_PORT: '', API_URL: '' },
    { WEB_PORT: '5173', API_URL: 'http://127.0.0.1:8087', API_ORIGIN: 'http://localhost:8087' },
  ],
  [
    { PORT: '9000', WEB_PORT: '9001' },
    { WEB_PORT: '9001', API_URL: 'http://127.0.0.1:9000', API_ORIGIN: 'http://localhost:9000' },
  ],
  [{ HOST: '::1' }, { API_URL: 'http://[::1]:8087', API_ORIGIN: 'http://localhost:8087' }],
  [
    { HOST: '0.0.0.0', PUBLIC_URL: 'https://accounts.example.org' },
    { API_URL: 'http://localhost:8087', API_ORIGIN: 'https://accounts.example.org' },
  ],
  [
    { API_URL: 'https://staging.example.org/', PUBLIC_URL: 'http://localhost:1' },
    { API_URL: 'https://staging.example.org', API_ORIGIN: 'https://staging.example.org' },
  ],
])('npm run dev with %j', (settings, addresses) => {
  expect(readDevAddresses(settings)).toMatchObject({ addresses, problems: [] })
})

test.each(['http://localhost:18852/', 'HTTP://LocalHost:18852', ' http://localhost:18852 '])(
  'npm run dev: Vite sends PUBLIC_URL %j as an origin that the server accepts',
  (PUBLIC_URL) => {
    const { addresses } = readDevAddresses({ PUBLIC_URL })
    expect(addresses?.API_ORIGIN).toBe('http://localhost:18852')
    expect(readConfig({ PUBLIC_URL }).config?.publicUrl).toBe(addresses?.API_ORIGIN)
  },
)

test.each([
  [{ PORT: 'abc' }, 'PORT must be a whole number from 0 to 65535.'],
  [{ HOST: 'a host' }, 'HOST must be an address or a name of this machine without a port'],
  [{ HOST: '999.0.0.1' }, 'API_URL must be set, because no URL can have the HOST 999.0.0.1.'],
  [{ PUBLIC_URL: 'localhost' }, 'PUBLIC_URL must be the address that browsers use'],
  [{ WEB_PORT: 'abc' }, 'WEB_PORT must be a whole number from 1 to 65535.'],
  [{ WEB_PORT: '0' }, 'WEB_PORT must be a whole number from 1 to 65535.'],
  [{ API_URL: 'zz' }, 'API_URL must be the address of a server'],
  [{ PORT: '9000', WEB_PORT: '9000' }, 'WEB_PORT must differ from PORT.'],
])('npm run dev rejects %j', (settings, problem) => {
  expect(readDevAddresses(settings).problems).toEqual([expect.stringContaining(problem)])
})
