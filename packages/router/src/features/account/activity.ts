import { ActivityInput, AuditPage, Id } from '@app/contract'
import { pageRequest, toPage } from '../../pagination.ts'
import { heavyRead, protectedProcedure } from '../../trpc.ts'
import { readOwnActivity, toOwnEvent } from '../audit/index.ts'
import type { ActivityViewer } from '../audit/index.ts'
import { hasAdminRights } from '../factors/index.ts'
import { findNamedToken } from '../tokens/index.ts'

/**
 * Lists the events that the user caused or that concern the user, so that the user can react to a suspicious
 * one. Where mail is sent, notices tell of the important ones (ASVS 5.0 6.3.5, 6.3.7).
 */
export const activity = protectedProcedure
  .meta({
    description: 'Lists the audit events that the user caused or that concern the user, newest first.',
  })
  .concat(heavyRead)
  .input(ActivityInput)
  .output(AuditPage)
  .query(async ({ ctx, input }) => {
    const { after, limit } = pageRequest(ctx, Id, input)
    const viewer = activityViewer(ctx)
    const { tokenId } = input
    const events = await readOwnActivity(ctx.db.read, viewer, { tokenId, after, limit: limit + 1 })
    const token = await findNamedToken(ctx.db.read, { id: tokenId, userId: viewer.id })
    const item = (event: (typeof events)[number]) => toOwnEvent(event, viewer)
    return { ...toPage(events, limit, { key: (event) => event.id, item }), token }
  })

interface ViewerContext {
  user: { id: string }
  settings: { directory: 'everyone' | 'admins' }
}

export function activityViewer(ctx: Parameters<typeof hasAdminRights>[0] & ViewerContext): ActivityViewer {
  return { id: ctx.user.id, seesOthers: hasAdminRights(ctx) || ctx.settings.directory === 'everyone' }
}
