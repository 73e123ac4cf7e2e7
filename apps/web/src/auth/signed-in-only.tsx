import type { Self } from '@app/contract'
import { Fragment, useEffect } from 'react'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { failureText } from '../api/failure-text.ts'
import { FailedState } from '../components/failed-state.tsx'
import { useFlash } from '../components/flash.tsx'
import { Page } from '../components/page.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { useViewer } from '../session/viewer.ts'
import { currentPath, pathWithRedirect } from './redirect-to.ts'

interface SignedInOnlyProps {
  children: (viewer: Self) => ReactNode
  /** Shown to visitors. Default: a redirect to the log-in, and back afterwards. */
  visitors?: ReactNode
}

/** Shows a page, or a part of one, to users who are logged in. Mounts a new one for another user. */
export function SignedInOnly({ children, visitors }: SignedInOnlyProps) {
  const viewer = useViewer()
  if (viewer.data) return <Fragment key={viewer.data.id}>{children(viewer.data)}</Fragment>
  if (viewer.data === null) return visitors ?? <ToLogin />
  if (viewer.isError) {
    const retry = () => void viewer.refetch()
    return (
      <Page title="This page cannot be shown" width="narrow">
        <FailedState error={viewer.error} retrying={viewer.isFetching} onRetry={retry} />
      </Page>
    )
  }
  return <Skeleton label="Loading" />
}

function ToLogin() {
  const flash = useFlash()
  const [, navigate] = useLocation()
  useEffect(() => {
    flash.show(failureText({ reason: 'UNAUTHENTICATED' }), { kind: 'notice', path: '/login' })
    navigate(pathWithRedirect('/login', currentPath()), { replace: true })
  }, [flash, navigate])
  return null
}
