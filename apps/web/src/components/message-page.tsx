import type { ReactNode } from 'react'
import { ButtonLink } from './button-link.tsx'
import { Page } from './page.tsx'
import { Row } from './row.tsx'

interface MessagePageProps {
  title: string
  /** The reason, and what to do. */
  lead: string
  /** The next step. Default: a link to the start page. */
  children?: ReactNode
}

/** Shown in place of a page, or for a link, that the user cannot use. */
export function MessagePage({ title, lead, children }: MessagePageProps) {
  return (
    <Page title={title} width="narrow" lead={lead}>
      <Row>
        {children ?? (
          <ButtonLink href="/" look="primary">
            Go to the start page
          </ButtonLink>
        )}
      </Row>
    </Page>
  )
}
