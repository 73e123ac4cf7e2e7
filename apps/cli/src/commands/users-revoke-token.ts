import { product } from '@app/contract/product'
import { CommandFailed } from '../command.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const usersRevokeToken: Command = {
  name: 'users revoke-token',
  parameters: '<token or id>',
  summary: 'Revoke an access token of any user, such as one that leaked.',
  details: `Takes the token itself, or its id in the request log or the audit log. Its next call fails on every
server. The revocation is in the audit log.

Example:
  ${product.command} users revoke-token 01a22783-096b-726a-ab37-1f7d82fbf6b9`,
  async run(args) {
    const { positionals } = parseArguments(args, { options: {}, positionals: ['token or id'] })
    const [token = ''] = positionals
    const { revokeLeakedToken } = await import('@app/router')
    const { withServices } = await import('../with-services.ts')
    await withServices(async (services) => {
      const revoked = await revokeLeakedToken(services, token.trim())
      if (revoked === null) {
        throw new CommandFailed(
          'There is no such access token. It was revoked before, or its account was closed, or it is incomplete.',
        )
      }
      console.log(`Revoked ${revoked.id}, a token of ${revoked.username}.`)
    })
  },
}
