import { product } from '@app/contract/product'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../remote/remote-options.ts'

export const tokensRevoke: Command = {
  name: 'tokens revoke',
  parameters: '<id>',
  summary: 'Revoke one of your access tokens on a server.',
  callsServer: true,
  details: `It is dead on the next call. It needs a log-in of the last 10 minutes, or asks for a confirmation.

Example:
  ${product.command} tokens revoke 019a0b6e-…

${remoteHelp}`,
  async run(args) {
    const { values, positionals } = parseArguments(args, { options: remoteOptions, positionals: ['id'] })
    const [id = ''] = positionals
    const { withRemote } = await import('../remote/connect.ts')
    await withRemote(values, async (remote) => {
      await remote.call((limits) => remote.api.tokens.revoke.mutate({ id }, limits))
      remote.print({}, 'Revoked.')
    })
  },
}
