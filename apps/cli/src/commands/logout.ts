import { product } from '@app/contract/product'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../remote/remote-options.ts'

export const logout: Command = {
  name: 'logout',
  parameters: '[options] [--forget]',
  summary: 'End the session on the server, and delete its cookie.',
  callsServer: true,
  details: `The server keeps this machine as a known device, so that wrong passwords of others do
not keep you out. If the server cannot be reached the session is alive, and stays here.

Options:
  --forget  Delete all that is kept for this server, even if it cannot be reached.

Examples:
  ${product.command} logout
  ${product.command} logout --server https://accounts.example.org --forget

${remoteHelp}`,
  async run(args) {
    const { values } = parseArguments(args, {
      options: { ...remoteOptions, forget: { type: 'boolean' } },
      positionals: [],
    })
    const { withRemote } = await import('../remote/connect.ts')
    const { forgetServer } = await import('../remote/forget-server.ts')
    await withRemote(values, async (remote) => {
      const { api, origin } = remote
      try {
        await remote.call((options) => api.auth.logout.mutate({}, options))
      } finally {
        if (values.forget === true) await forgetServer(origin)
      }
      remote.print({}, `Logged out of ${origin}.`)
    })
  },
}
