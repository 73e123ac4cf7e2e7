import type { Self } from '@app/contract'
import { ButtonLink } from '../components/button-link.tsx'
import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Row } from '../components/row.tsx'
import { Untranslated } from '../components/untranslated.tsx'

/** The start page of a user where no feature has one. */
export function AccountOverview({ viewer }: { viewer: Self }) {
  return (
    <Page title="Your account">
      <Card heading="Account">
        <p>
          You are logged in as <Untranslated>{viewer.username}</Untranslated>.
        </p>
        <Row>
          <ButtonLink href="/account">Profile</ButtonLink>
          <ButtonLink href="/account/sessions">Sessions</ButtonLink>
          <ButtonLink href="/account/activity">Activity</ButtonLink>
        </Row>
      </Card>
    </Page>
  )
}
