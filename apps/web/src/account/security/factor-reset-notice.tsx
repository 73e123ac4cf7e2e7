import type { Self } from '@app/contract'
import { useApi } from '../../api/api.ts'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Button } from '../../components/button.tsx'
import { useFlash } from '../../components/flash.tsx'
import { focusHeading } from '../../components/focus-heading.ts'
import { Moment } from '../../components/moment.tsx'
import { Notice } from './notice.tsx'
import { useRefreshSecurity } from './use-security.ts'

interface FactorResetNoticeProps {
  viewer: Self
  /** ISO 8601. */
  effectiveAt: string
}

/** Says that all second factors will be removed, and lets their owner prevent it. */
export function FactorResetNotice({ viewer, effectiveAt }: FactorResetNoticeProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, run } = useConfirmedAction(useRefreshSecurity(viewer))

  async function cancel() {
    if ((await run(() => client.account.cancelFactorReset.mutate({}))) === undefined) return
    flash.show('The removal is cancelled. Your second factors stay.')
    // The notice disappears together with its button.
    focusHeading()
  }

  return (
    <Notice
      action={
        <Button pending={pending} onClick={() => void cancel()}>
          Keep my second factors
        </Button>
      }
      problem={problem}
    >
      The removal of all your second factors was requested. From <Moment at={effectiveAt} /> on, a log-in with
      the link that was handed out removes them. If you did not ask for it, keep them and change your
      password.
    </Notice>
  )
}
