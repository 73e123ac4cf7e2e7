import { createInterface } from 'node:readline'
import { realProvider } from './real-provider.ts'

/*
 * The process of a provider for browser tests. It writes its issuer, and reads a line with the
 * address to which it sends users back. It ends with its input.
 */
await using provider = await realProvider()
provider.account = { sub: 'ada', name: 'Ada Lovelace', preferred_username: 'ada' }
process.stdout.write(`${provider.settings.issuer}\n`)
for await (const redirectUri of createInterface({ input: process.stdin })) provider.register(redirectUri)
