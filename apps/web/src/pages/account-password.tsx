import { AccountPage } from '../account/account-page.tsx'
import { PasswordForm } from '../account/password-form.tsx'
import { Card } from '../components/card.tsx'

export function PasswordPage() {
  return (
    <AccountPage title="Password">
      {(viewer) => (
        <Card heading="Change password">
          <PasswordForm viewer={viewer} />
        </Card>
      )}
    </AccountPage>
  )
}
