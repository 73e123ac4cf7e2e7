import { product } from '@app/contract/product'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { remoteHelp, remoteOptions } from '../remote/remote-options.ts'

export const call: Command = {
  name: 'call',
  parameters: '<procedure> [<json> | -]',
  summary: 'Call any procedure of a server, and print its result.',
  callsServer: true,
  details: `The server checks the input. \`-\` reads it from standard input: other users of this machine
see arguments in the list of processes, so pass passwords that way. Prints JSON: a download
while it arrives, the events of a stream as one line each until it ends or you press Ctrl-C.

Examples:
  ${product.command} call account.me
  ${product.command} call sessions.list
  ${product.command} call users.list '{"limit": 20, "search": "gra"}'
  ${product.command} call account.updateProfile - < profile.json
  ${product.command} call account.export > export.json

${remoteHelp}`,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      options: remoteOptions,
      positionals: ['procedure'],
      optionalPositionals: ['input'],
    })
    const [procedure = '', input] = positionals
    const { callProcedure } = await import('../remote/call-procedure.ts')
    const { withRemote } = await import('../remote/connect.ts')
    await withRemote(values, (remote) => callProcedure(remote, procedure, input))
  },
}
