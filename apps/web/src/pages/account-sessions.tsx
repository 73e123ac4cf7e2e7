import { AccountPage } from '../account/account-page.tsx'
import { SessionsView } from '../account/sessions-view.tsx'

export function SessionsPage() {
  return (
    <AccountPage
      title="Sessions"
      lead="Where you are logged in. End what you do not know, and change your password."
    >
      {(viewer) => <SessionsView viewer={viewer} />}
    </AccountPage>
  )
}
