import { AccountPage } from '../account/account-page.tsx'
import { EmailView } from '../account/email-view.tsx'

export function EmailPage() {
  return (
    <AccountPage title="Email" lead="Only you and admins see your email.">
      {(viewer) => <EmailView viewer={viewer} />}
    </AccountPage>
  )
}
