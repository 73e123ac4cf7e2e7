import type { Self } from '@app/contract'
import { MessagePage } from '../components/message-page.tsx'

/** Shown to a logged-in user without the role for a page. */
export function ForbiddenPage({ viewer }: { viewer: Self }) {
  return (
    <MessagePage
      title="You cannot open this page"
      lead={`This page is for admins, and you are logged in as ${viewer.username}. Ask an admin to change your role.`}
    />
  )
}
