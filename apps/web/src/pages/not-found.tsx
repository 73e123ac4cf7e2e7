import { ButtonLink } from '../components/button-link.tsx'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'

export function NotFoundPage() {
  return (
    <Page
      title="Page not found"
      width="narrow"
      lead="There is nothing at this address. It may be mistyped, or the page may have moved."
    >
      <Row>
        <ButtonLink href="/" look="primary">
          Go to the start page
        </ButtonLink>
      </Row>
    </Page>
  )
}
