import type { TestApp } from '../../src/testing/test-app.ts'

/** A mail that a procedure has asked for, and that waits for the sender. */
interface QueuedMail {
  id: string
  kind: string
  request: { mail?: string; isOptional?: boolean } & Record<string, unknown>
}

/** Opens the requests of the mails that wait, oldest first. */
export async function queuedMails({ services }: TestApp): Promise<QueuedMail[]> {
  const rows = await services.db.read
    .selectFrom('outbox_mails')
    .where('composed', '=', 0)
    .where('next_at', 'is not', null)
    .select(['id', 'kind', 'sealed'])
    .orderBy('id')
    .execute()
  return rows.map(({ id, kind, sealed }) => {
    const text = services.outbox.sealer.open(sealed ?? '', [id])
    if (text === null) throw new Error(`The mail ${id} cannot be opened.`)
    // Sound: `queueMail` wrote it.
    return { id, kind, request: JSON.parse(text) as QueuedMail['request'] }
  })
}
