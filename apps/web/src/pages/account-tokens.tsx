import { AccountPage } from '../account/account-page.tsx'
import { TokensView } from '../tokens/tokens-view.tsx'

export function TokensPage() {
  return (
    <AccountPage
      title="Access tokens"
      lead="A token lets a program act as you, without your password. A change of your password does not end it: revoke it here."
    >
      {(viewer) => <TokensView viewer={viewer} />}
    </AccountPage>
  )
}
