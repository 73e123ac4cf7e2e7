import { product } from '@app/contract/product'
import { remoteCommand } from '../remote/remote-command.ts'
import { shownLine } from '../shown.ts'

export const whoami = remoteCommand({
  name: 'whoami',
  parameters: '[options]',
  summary: 'Show the user and the server of the session.',
  details: `Examples:
  ${product.command} whoami
  ${product.command} whoami --json`,
  unseen: null,
  run: () => async (remote) => {
    const { api, origin } = remote
    const user = await remote.call((options) => api.account.me.query({}, options))
    const name = user.name === '' ? '' : ` "${user.name}"`
    const line = `${user.username}${name}, ${user.role}, at ${origin}`
    remote.print({ server: origin, user }, shownLine(line))
  },
})
