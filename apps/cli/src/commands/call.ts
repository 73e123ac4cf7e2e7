import { product } from '@app/contract/product'
import { remoteCommand } from '../remote/remote-command.ts'

export const call = remoteCommand({
  name: 'call',
  parameters: '<procedure> [<json> | -]',
  summary: 'Call any procedure of a server, and print its result.',
  details: `The server checks the input. \`-\` reads it from standard input: other users of this machine
see arguments in the list of processes, so pass passwords that way. Prints JSON: a download
while it arrives, the events of a stream as one line each until it ends or you press Ctrl-C.

Examples:
  ${product.command} call account.me
  ${product.command} call sessions.list
  ${product.command} call users.list '{"limit": 20, "search": "gra"}'
  ${product.command} call account.updateProfile - < profile.json
  ${product.command} call account.export > export.json`,
  unseen: () => 'A procedure that changes something may have done so.',
  positionals: ['procedure'],
  optionalPositionals: ['input'],
  run:
    ({ positionals: [procedure = '', input] }) =>
    async (remote) => {
      const { callProcedure } = await import('../remote/call-procedure.ts')
      await callProcedure(remote, procedure, input)
    },
})
