import type { ReactNode } from 'react'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'

interface DeadLinkProps {
  title: string
  /** Why it does not work, and what to do. */
  lead: string
  /** The next step. */
  children: ReactNode
}

/** Shown for a link that expired, was used, or is incomplete. */
export function DeadLink({ title, lead, children }: DeadLinkProps) {
  return (
    <Page title={title} width="narrow" lead={lead}>
      <Row>{children}</Row>
    </Page>
  )
}
