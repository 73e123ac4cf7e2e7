import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'

/** Where the PostgreSQL suites look for a server. */
export const testPostgresUrl =
  process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

// SSLRequest, the one message a server answers before it knows anything of the client: 'S' or 'N'.
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

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
    socket.once('connect', () => socket.write(sslRequest))
    socket.once('data', (answer) => settle(answer[0] === 0x53 || answer[0] === 0x4e))
  })
}

// As a command it answers by its exit code; it runs before anything is installed, so under an older Node,
// too.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await postgresAnswers(testPostgresUrl)) ? 0 : 1
}
