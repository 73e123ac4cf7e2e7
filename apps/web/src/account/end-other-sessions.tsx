import type { Self } from '@app/contract'
import { flushSync } from 'react-dom'
import { useApi } from '../api/api.ts'
import { useConfirmedAction } from '../auth/use-confirmed-action.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { useRefreshSessions } from './use-sessions.ts'

interface EndOtherSessionsProps {
  viewer: Self
  /** The number of other sessions in the list. */
  count: number
  onClose: () => void
  /** Called after the sessions ended. The caller moves the focus, because the button may be removed. */
  onEnded: () => void
}

export function EndOtherSessions({ viewer, count, onClose, onEnded }: EndOtherSessionsProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, run } = useConfirmedAction(useRefreshSessions(viewer))

  async function end() {
    const ended = await run(() => client.sessions.revokeOthers.mutate({}))
    if (ended === undefined) return
    // The closing dialog returns the focus to its button. Only then can the focus move away from that button,
    // which is removed.
    flushSync(onClose)
    onEnded()
    flash.show(`${sessionCount(ended.endedSessions)} ended. You are logged in on this device only.`)
  }

  return (
    <ConfirmDialog
      title="End all other sessions?"
      confirmLabel="End other sessions"
      pending={pending}
      problem={problem}
      onConfirm={() => void end()}
      onClose={onClose}
    >
      <p>
        {count === 1 ? 'The other session ends' : `All ${count} other sessions end`} immediately. Unsaved text
        there may be lost.
      </p>
    </ConfirmDialog>
  )
}

function sessionCount(count: number): string {
  return count === 1 ? 'One session' : `${count} sessions`
}
