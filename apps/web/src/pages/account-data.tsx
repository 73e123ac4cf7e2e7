import { AccountPage } from '../account/account-page.tsx'
import { CloseAccount } from '../account/close-account.tsx'
import { ExportData } from '../account/export-data.tsx'
import { Card } from '../components/card.tsx'
import { Stack } from '../components/stack.tsx'

export function DataPage() {
  return (
    <AccountPage title="Your data">
      {(viewer) => (
        <Stack>
          <Card heading="Export your data">
            <ExportData viewer={viewer} />
          </Card>
          <Card heading="Close your account">
            <CloseAccount viewer={viewer} />
          </Card>
        </Stack>
      )}
    </AccountPage>
  )
}
