import { AccountPage } from '../account/account-page.tsx'
import { ActivityView } from '../account/activity-view.tsx'

export function ActivityPage() {
  return (
    <AccountPage title="Activity" lead="The activity of your account in the last 180 days, newest first.">
      {(viewer) => <ActivityView viewer={viewer} />}
    </AccountPage>
  )
}
