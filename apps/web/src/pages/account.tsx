import { AccountFacts } from '../account/account-facts.tsx'
import { AccountPage } from '../account/account-page.tsx'
import { ProfileForm } from '../account/profile-form.tsx'
import { Card } from '../components/card.tsx'
import { Stack } from '../components/stack.tsx'

export function ProfilePage() {
  return (
    <AccountPage title="Profile">
      {(viewer) => (
        <Stack>
          <Card heading="Account">
            <AccountFacts viewer={viewer} />
          </Card>
          <Card heading="Your name">
            <ProfileForm viewer={viewer} />
          </Card>
        </Stack>
      )}
    </AccountPage>
  )
}
