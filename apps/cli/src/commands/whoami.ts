import { product } from '@app/contract/product'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../remote/remote-options.ts'
import { shownLine } from '../shown.ts'

export const whoami: Command = {
  name: 'whoami',
  parameters: '[options]',
  summary: 'Show the user and the server of the session.',
  callsServer: true,
  details: `Examples:
  ${product.command} whoami
  ${product.command} whoami --json

${remoteHelp}`,
  async run(args) {
    const { values } = parseArguments(args, { options: remoteOptions, positionals: [] })
    const { withRemote } = await import('../remote/connect.ts')
    await withRemote(values, async (remote) => {
      const { api, origin } = remote
      const user = await remote.call((options) => api.account.me.query({}, options))
      const name = user.name === '' ? '' : ` "${user.name}"`
      const line = `${user.username}${name}, ${user.role}, at ${origin}`
      remote.print({ server: origin, user }, shownLine(line))
    })
  },
}
