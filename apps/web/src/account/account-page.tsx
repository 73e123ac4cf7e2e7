import type { Self } from '@app/contract'
import type { ReactNode } from 'react'
import { Page } from '../components/page.tsx'
import { AccountFrame } from './account-frame.tsx'

interface AccountPageProps {
  title: string
  /** A sentence below the heading. */
  lead?: string
  children: (viewer: Self) => ReactNode
}

/** Renders an account page, with the links to the others. */
export function AccountPage({ title, lead, children }: AccountPageProps) {
  return (
    <AccountFrame>
      {(viewer) => (
        <Page title={title} lead={lead}>
          {children(viewer)}
        </Page>
      )}
    </AccountFrame>
  )
}
