import { product } from '@app/contract/product'
import { remoteCommand } from '../remote/remote-command.ts'

export const logout = remoteCommand({
  name: 'logout',
  parameters: '[options] [--forget]',
  summary: 'End the session on the server, and delete its cookie.',
  details: `The server keeps this machine as a known device, so that wrong passwords of others do
not keep you out. If the server cannot be reached the session is alive, and stays here.

Options:
  --forget  Delete all that is kept for this server, even if it cannot be reached.

Examples:
  ${product.command} logout
  ${product.command} logout --server https://accounts.example.org --forget`,
  options: { forget: { type: 'boolean' } },
  run:
    ({ values }) =>
    async (remote) => {
      const { forgetServer } = await import('../remote/forget-server.ts')
      const { api, origin } = remote
      try {
        await remote.call((options) => api.auth.logout.mutate({}, options))
      } finally {
        if (values.forget === true) await forgetServer(origin)
      }
      remote.print({}, `Logged out of ${origin}.`)
    },
})
