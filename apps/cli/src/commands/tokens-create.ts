import type { TokenScope } from '@app/contract'
import { product } from '@app/contract/product'
import { WrongUse } from '../command.ts'
import { ownCommand } from '../own-command.ts'
import { remoteCommand } from '../remote/remote-command.ts'
import { shownLine } from '../shown.ts'

export const tokensCreate = remoteCommand({
  name: 'tokens create',
  parameters: '<name> --scope <scope> [--scope <scope>] [--days <number>]',
  summary: 'Create an access token for a program, and print it once.',
  details: `The token goes to standard output alone, all else to standard error. It needs a log-in of the
last 10 minutes, or asks for a confirmation.

Options:
  --scope <scope>  What it may do, such as account:read; tokens list prints all. Repeat it.
  --days <number>  For how many days, 1 to 365. Default: 90.

Example:
  (umask 077; ${product.command} tokens create backup --scope account:read > token.txt)`,
  unseen: () =>
    `If the token was created, it is valid: find the id of its name with ${ownCommand()} tokens list, and revoke it with ${ownCommand()} tokens revoke.`,
  options: { scope: { type: 'string', multiple: true }, days: { type: 'string' } },
  positionals: ['name'],
  run({ values, positionals: [name = ''] }) {
    const { days, scope = [] } = values
    if (scope.length === 0) {
      throw new WrongUse(
        `Say what the token may do with --scope, such as account:read. To list all scopes: ${ownCommand()} tokens list`,
      )
    }
    if (days !== undefined && !/^\d+$/.test(days)) throw new WrongUse('--days must be a whole number.')
    return async (remote) => {
      const input = {
        name,
        // The server checks them: it may know others than this program.
        scopes: scope as TokenScope[],
        ...(days === undefined ? {} : { expiresInDays: Number(days) }),
      }
      const created = await remote.call((options) => remote.api.tokens.create.mutate(input, options))
      remote.print(created, created.token)
      if (values.json !== true) {
        console.error(
          shownLine(
            `It is shown once. It expires on ${created.expiresAt.slice(0, 10)}; to revoke it: ${ownCommand()} tokens revoke ${created.id}`,
          ),
        )
      }
    }
  },
})
