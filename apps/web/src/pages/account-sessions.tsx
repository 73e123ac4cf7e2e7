import { AccountPage } from '../account/account-page.tsx'
import { SessionsView } from '../account/sessions-view.tsx'

export function SessionsPage() {
  return (
    <AccountPage
      title="Sessions"
      lead="Where you are logged in. If you do not recognize a session, end it and change your password."
    >
      {(viewer) => <SessionsView viewer={viewer} />}
    </AccountPage>
  )
}
