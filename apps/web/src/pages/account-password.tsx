import { Link } from 'wouter'
import { AccountPage } from '../account/account-page.tsx'
import { PasswordForm } from '../account/password-form.tsx'
import { useAccountOptions } from '../auth/use-account-options.ts'
import { Card } from '../components/card.tsx'

export function PasswordPage() {
  const passwordLogin = useAccountOptions()?.passwordLogin ?? 'on'
  return (
    <AccountPage title="Password">
      {(viewer) =>
        passwordLogin === 'on' || (passwordLogin === 'admins' && viewer.role === 'admin') ? (
          <Card heading="Change password">
            <PasswordForm viewer={viewer} />
          </Card>
        ) : (
          <Card heading="No password">
            <p>
              You do not need a password here. <Link href="/account/security">Security</Link> shows how you
              log in.
            </p>
          </Card>
        )
      }
    </AccountPage>
  )
}
