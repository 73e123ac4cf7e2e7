import { product } from '@app/contract/product'
import { remoteCommand } from '../remote/remote-command.ts'
import { shownLines } from '../shown.ts'

export const tokensList = remoteCommand({
  name: 'tokens list',
  parameters: '[options]',
  summary: 'List your access tokens on a server.',
  details: `Prints one line for each: id, hint, day of its end, last use, scopes, name. Then the scopes that a
new one may have.

Example:
  ${product.command} tokens list --json`,
  unseen: null,
  run: () => async (remote) => {
    const list = await remote.call((options) => remote.api.tokens.list.query({}, options))
    const lines = list.items.map(({ id, hint, name, scopes, expiresAt, lastUsedAt }) => {
      const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.slice(0, 10)}`
      return `${id}  ${hint}  until ${expiresAt.slice(0, 10)}  ${used}  ${scopes.join(' ')}  ${name}`
    })
    const none = lines.length === 0 ? ['There are no tokens.'] : lines
    const scopes = `Scopes that a new token may have: ${list.grantable.join(' ')}`
    remote.print(list, shownLines([...none, scopes]))
  },
})
