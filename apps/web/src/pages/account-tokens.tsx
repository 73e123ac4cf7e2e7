import { AccountFrame } from '../account/account-frame.tsx'
import { TokensView } from '../tokens/tokens-view.tsx'

export function TokensPage() {
  return <AccountFrame>{(viewer) => <TokensView viewer={viewer} />}</AccountFrame>
}
