import { product } from '@app/contract/product'
import { remoteCommand } from '../../remote/remote-command.ts'

export const notesDelete = remoteCommand({
  name: 'notes delete',
  parameters: '<id>',
  summary: 'Delete a note.',
  details: `Example:
  ${product.command} notes delete 019a0b6e-…`,
  positionals: ['id'],
  run:
    ({ positionals: [id = ''] }) =>
    async (remote) => {
      await remote.call((options) => remote.api.notes.remove.mutate({ id }, options))
      remote.print({}, 'Deleted.')
    },
})
