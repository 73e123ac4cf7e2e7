import { product } from '@app/contract/product'
import { remoteCommand } from '../remote/remote-command.ts'

export const tokensRevoke = remoteCommand({
  name: 'tokens revoke',
  parameters: '<id>',
  summary: 'Revoke one of your access tokens on a server.',
  details: `It is dead on the next call. It needs a log-in of the last 10 minutes, or asks for a confirmation.

Example:
  ${product.command} tokens revoke 019a0b6e-…`,
  positionals: ['id'],
  run:
    ({ positionals: [id = ''] }) =>
    async (remote) => {
      await remote.call((options) => remote.api.tokens.revoke.mutate({ id }, options))
      remote.print({}, 'Revoked.')
    },
})
