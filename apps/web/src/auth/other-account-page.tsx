import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'

interface OtherAccountPageProps {
  title: string
  /** Why the link cannot be used while a user is logged in, and what to do. */
  lead: string
}

/** Shown for a link that is for another account than the logged-in one. */
export function OtherAccountPage({ title, lead }: OtherAccountPageProps) {
  return (
    <Page title={title} width="narrow" lead={lead}>
      <Row>
        <ButtonLink href="/" look="primary">
          Go to the start page
        </ButtonLink>
      </Row>
    </Page>
  )
}
