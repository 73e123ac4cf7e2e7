import type { Self } from '@latchkey/contract'

import { Card } from '../components/card.tsx'
import { Page } from '../components/page.tsx'
import { Stack } from '../components/stack.tsx'
import { AccountFacts } from '../profile/account-facts.tsx'
import { NameForm } from '../profile/name-form.tsx'
import { PasswordForm } from '../profile/password-form.tsx'
import { MembersOnly } from '../session/members-only.tsx'

export function ProfilePage() {
  return <MembersOnly>{(viewer) => <Profile viewer={viewer} />}</MembersOnly>
}

function Profile({ viewer }: { viewer: Self }) {
  return (
    <Page title="Profile" width="narrow">
      <Stack>
        <Card heading="Account">
          <AccountFacts viewer={viewer} />
        </Card>
        <Card heading="Your name">
          <NameForm viewer={viewer} />
        </Card>
        <Card heading="Change password">
          <PasswordForm viewer={viewer} />
        </Card>
      </Stack>
    </Page>
  )
}
