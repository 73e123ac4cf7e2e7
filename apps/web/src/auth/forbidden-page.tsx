import type { Self } from '@app/contract'
import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'

/** Shown to a logged-in user without the role for a page. */
export function ForbiddenPage({ viewer }: { viewer: Self }) {
  return (
    <Page
      title="You cannot open this page"
      width="narrow"
      lead={`This page is for admins, and you are logged in as ${viewer.username}. Ask an admin to change your role.`}
    >
      <Row>
        <ButtonLink href="/" look="primary">
          Go to the start page
        </ButtonLink>
      </Row>
    </Page>
  )
}
