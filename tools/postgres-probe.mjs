import { connect } from 'node:net'

/** Where the PostgreSQL suites look for a server, unless TEST_POSTGRES_URL names another one. */
export const DEFAULT_POSTGRES_URL = 'postgres://postgres@127.0.0.1:5432/postgres'

// SSLRequest, the one message a server answers before it knows anything of the client: 'S' or 'N'.
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/**
 * Whether a PostgreSQL server answers at the address of the URL, within two seconds.
 *
 * @param {string} url
 * @returns {Promise<boolean>}
 */
export function postgresAnswers(url) {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname || '127.0.0.1', port: Number(port) || 5432 })
    /** @param {boolean} answers */
    const settle = (answers) => {
      socket.destroy()
      resolve(answers)
    }
    socket.setTimeout(2000, () => settle(false))
    socket.once('error', () => settle(false))
    socket.once('close', () => settle(false))
    socket.once('connect', () => socket.write(SSL_REQUEST))
    socket.once('data', (answer) => settle(answer[0] === 0x53 || answer[0] === 0x4e))
  })
}
