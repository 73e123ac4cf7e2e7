import { product } from '@app/contract/product'
import { CommandFailed, WrongUse } from '../command.ts'
import { remoteCommand } from '../remote/remote-command.ts'

export const login = remoteCommand({
  name: 'login',
  parameters: '<username> --server <url> [--remember] [--password-stdin]',
  summary: 'Log in to a server, for the commands that call it.',
  details: `Asks for the password, and for a code where the account has a second factor. The session is
kept in a file that only you can read (XDG_STATE_HOME, mode 0600), one for each server.
Later commands use this server unless they name another one.

Options:
  --remember        Stay logged in for days instead of an hour without use.
  --password-stdin  Read the password from standard input, and a code from its second line.

Examples:
  ${product.command} login grace --server https://accounts.example.org
  ${product.command} login grace --server http://localhost:8087 --password-stdin < password.txt`,
  options: { remember: { type: 'boolean' }, 'password-stdin': { type: 'boolean' } },
  positionals: ['user name'],
  run({ values, positionals: [username = ''] }) {
    const readsInput = values['password-stdin'] === true
    if (!readsInput && !process.stdin.isTTY) {
      throw new WrongUse('There is no terminal to ask for the password. Pass it with --password-stdin.')
    }
    return async (remote) => {
      const { logIn } = await import('../remote/log-in.ts')
      if (remote.usesToken)
        throw new CommandFailed('A log-in makes a session and takes no token. Leave it out.')
      const user = await logIn(remote, { username, remember: values.remember === true, readsInput })
      remote.print({ server: remote.origin, user }, `Logged in to ${remote.origin} as ${user.username}.`)
    }
  },
})
