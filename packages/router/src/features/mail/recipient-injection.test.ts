import { expect, test } from 'vitest'
import { openScriptedServer } from '../../testing/scripted-mail-server.ts'
import { createSmtpTransport } from './smtp-transport.ts'

const evil = 'evil@evil.test'

const addresses = [
  `a@example.org, ${evil}`,
  `a@example.org,${evil}`,
  `a@example.org; ${evil}`,
  `a@example.org ${evil}`,
  `a@example.org\t${evil}`,
  `a@example.org\n${evil}`,
  `a@example.org\r\nBcc: ${evil}`,
  `a@example.org\nBcc: ${evil}`,
  `a@example.org\rBcc: ${evil}`,
  `a@example.org\u2028Bcc: ${evil}`,
  `a@example.org>\r\nRCPT TO:<${evil}`,
  `a@example.org>,<${evil}`,
  `${evil}(@example.org)`,
  `(a@example.org)${evil}`,
  `Ada <${evil}>`,
  `"a@example.org" <${evil}>`,
  `<${evil}>`,
  `group: ${evil};`,
  `@example.org:${evil}`,
  `${evil}%example.org@example.org@`,
  `a@example.org@evil.test`,
  `"a\r\nBcc: ${evil}"@example.org`,
  `"a b"@example.org`,
  `a@example.org\0`,
  `a@example.org `,
  ` a@example.org`,
  `@example.org`,
  `a@`,
  `a@exämple.org`,
  `a@example。org`,
  `ädä@example.org`,
  `a＠example.org`,
  `a@[127.0.0.1]`,
  `a@example.org SIZE=1`,
  '',
]

test('SMTP transport: an address that is more than one address is refused before it is sent', async () => {
  await using server = await openScriptedServer()
  const transport = createSmtpTransport(server.server, { name: '', address: 'accounts@example.org' })
  for (const to of addresses) {
    const mail = { subject: 's', text: 't', html: '' }
    const delivery = await transport.send({ id: '1', to, date: 0, mail }, new AbortController().signal)
    expect({ to, ...delivery }).toMatchObject({ to, status: 'refused' })
  }
  expect(server.commands).toEqual([])
  await transport.close()
})

test('SMTP transport: unusual addresses are sent as they are', async () => {
  const unusual = ["o'brien+tag@sub.example.org", 'a/b=c@localhost', '!#$%&*@xn--exmple-cua.org', 'A.b@X.ORG']
  await using server = await openScriptedServer()
  const transport = createSmtpTransport(server.server, { name: '', address: 'accounts@example.org' })
  for (const to of unusual) {
    const mail = { subject: 's', text: 't', html: '' }
    await transport.send({ id: '1', to, date: 0, mail }, new AbortController().signal)
  }
  const recipients = server.commands.filter((command) => command.startsWith('RCPT'))
  expect(recipients.map((command) => command.toLowerCase())).toEqual(
    unusual.map((to) => `rcpt to:<${to}>`.toLowerCase()),
  )
  await transport.close()
})
