import { useEffect, useState } from 'react'
import type { ComponentProps } from 'react'
import { CallFailed } from '../api/call-failed.ts'
import { failureText } from '../api/failure-text.ts'
import { onServerReturn } from '../api/server-return.ts'
import { useRetryOnReturn } from '../api/use-retry-on-return.ts'
import { Actions } from '../components/actions.tsx'
import { ButtonLink } from '../components/button-link.tsx'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { RequestId } from '../components/request-id.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { Stack } from '../components/stack.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { useHasKeptTexts } from '../drafts/kept-texts-context.tsx'

// Neither page is lazy, because the cause may be that loading failed.

/** @param onRetry shows the page again; called automatically when a failed server answers again */
export function CrashPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const failed = error instanceof CallFailed ? error : null
  useRetryOnReturn(failed, onRetry)
  const hasTyped = useHasKeptTexts()
  return (
    <Page
      title="Something went wrong"
      width="narrow"
      lead={`This page could not be shown. What you stored is safe. ${
        hasTyped ? 'What you typed is kept in this tab. ' : ''
      }Reload the page to go on.`}
    >
      <Stack>
        <RequestId id={failed?.requestId ?? null} />
        <Actions main={<Reload look="primary">Reload the page</Reload>}>
          <ButtonLink href="/" reload>
            Go to the start page
          </ButtonLink>
        </Actions>
      </Stack>
    </Page>
  )
}

/** Shown when the code of a page failed to load. Browsers cache the failure, so only a reload retries. */
export function NotLoadedPage({ isReachable }: { isReachable: boolean }) {
  const drafts = useDrafts()
  // With unsaved documents the user decides about the reload, because the browser would ask.
  const [reloadsNow] = useState(() => isReachable && !wasJustReloaded() && drafts.unsaved().length === 0)
  useEffect(() => {
    if (reloadsNow) window.location.reload()
    if (isReachable) return undefined
    return onServerReturn(() => drafts.unsaved().length === 0 && window.location.reload())
  }, [isReachable, reloadsNow, drafts])
  // The message would disappear before anybody could read it.
  if (reloadsNow) return <Skeleton label="Loading" blocks={1} />
  const lead = isReachable
    ? 'This page could not be loaded. It may have been replaced by a newer version.'
    : failureText({ reason: 'UNREACHABLE' })
  return (
    <Page title="This page cannot be shown" width="narrow" lead={lead}>
      <Actions main={<Reload look="primary">{isReachable ? 'Reload the page' : 'Try again'}</Reload>} />
    </Page>
  )
}

/** Prevents a loop: a page that a reload did not repair is not reloaded again. */
function wasJustReloaded(): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  const isReload = navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload'
  return isReload && performance.now() < 30_000
}

function Reload(props: Pick<ComponentProps<typeof Button>, 'look' | 'children'>) {
  return <Button {...props} onClick={() => window.location.reload()} />
}
