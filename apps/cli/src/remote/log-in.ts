import { CommandFailed } from '../command.ts'
import { askHidden } from '../prompt.ts'
import { readPasswordAndCode } from '../read-password.ts'
import { askCode, codeProof, takesCode } from './confirm-identity.ts'
import { credentialsFile, updateCredentials } from './credentials.ts'
import { fileCookies } from './file-cookies.ts'
import type { Remote } from './remote.ts'

interface LogInInput {
  username: string
  remember: boolean
  /** Whether standard input has the password. */
  readsInput: boolean
}

/**
 * Logs in, with the second factor if the account has one, and remembers the server.
 * @throws CommandFailed, Interrupted
 */
export async function logIn(remote: Remote, { username, remember, readsInput }: LogInInput) {
  const { api, origin } = remote
  const file = credentialsFile(process.env)
  // Writes the file unchanged: if the session cannot be stored, the password is not asked for.
  await updateCredentials(file, () => undefined)
  const given = readsInput ? await readPasswordAndCode() : { password: await askPassword() }
  const input = { username, password: given.password, remember }
  const first = await remote.call((options) => api.auth.login.mutate(input, options))
  const { user } = first.status === 'signed-in' ? first : await secondStep(remote, first.methods, given)
  if (await fileCookies(file, origin).isEmpty()) {
    throw new CommandFailed(
      `The log-in succeeded, but the session's cookie is for another address. Use the PUBLIC_URL of the server, not ${origin}.`,
    )
  }
  await updateCredentials(file, (credentials) => {
    credentials.server = origin
  })
  return user
}

async function askPassword(): Promise<string> {
  const [password = ''] = await askHidden('Password: ')
  return password
}

async function secondStep(
  remote: Remote,
  methods: readonly string[],
  { code }: { password: string; code?: string },
) {
  if (!takesCode(methods)) {
    throw new CommandFailed(
      `This account confirms log-ins by passkey. Log in with a browser at ${remote.origin}, and create a token for this machine on your account page.`,
    )
  }
  if (code === undefined && !process.stdin.isTTY) {
    throw new CommandFailed(
      'This account has a second factor. Pass the code of the authenticator app or a recovery code as the second line of standard input.',
    )
  }
  const proof = codeProof(code ?? (await askCode()))
  return remote.call((options) => remote.api.auth.secondFactor.mutate(proof, options))
}
