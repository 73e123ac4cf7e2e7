import { AccountPage } from '../account/account-page.tsx'
import { SecurityView } from '../account/security/security-view.tsx'

export function SecurityPage() {
  return (
    <AccountPage title="Security" lead="How you log in, and how you get back in.">
      {(viewer) => <SecurityView viewer={viewer} />}
    </AccountPage>
  )
}
