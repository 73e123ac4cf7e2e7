import { AuditPage, Id, ListAuditInput } from '@app/contract'
import { pageRequest, toPage } from '../../pagination.ts'
import { scopedRoleProcedure } from '../../scoped-role-procedure.ts'
import { heavyRead, router } from '../../trpc.ts'
import { findNamedToken } from '../tokens/index.ts'
import { toEvent } from './event.ts'
import { listEvents, listEventsOf } from './store.ts'

const list = scopedRoleProcedure('audit:read', 'admin')
  .meta({ description: 'Lists the audit events of all users, newest first.' })
  .concat(heavyRead)
  .input(ListAuditInput)
  .output(AuditPage)
  .query(async ({ ctx, input }) => {
    const { after, limit } = pageRequest(ctx, Id, input)
    const { tokenId } = input
    const filter = { event: input.event, tokenId, after, limit: limit + 1 }
    const events = await (input.userId === undefined
      ? listEvents(ctx.db.read, filter)
      : listEventsOf(ctx.db.read, input.userId, filter))
    const token = await findNamedToken(ctx.db.read, { id: tokenId })
    return { ...toPage(events, limit, { key: (event) => event.id, item: toEvent }), token }
  })

export const auditRouter = router({ list })
