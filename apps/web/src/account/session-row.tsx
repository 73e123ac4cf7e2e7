import type { Self, Session } from '@app/contract'
import { deviceName } from '@app/contract/device-name'
import { useApi } from '../api/api.ts'
import { useConfirmedAction } from '../auth/use-confirmed-action.ts'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { deviceIcon } from '../components/device-icon.ts'
import { useFlash } from '../components/flash.tsx'
import { FormAlert } from '../components/form-alert.tsx'
import { IconTile } from '../components/icon-tile.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { methodWords } from '../session/method-words.ts'
import { useRefreshSessions } from './use-sessions.ts'

interface SessionRowProps {
  viewer: Self
  session: Session
  /** The time at which the list was loaded, for "3 minutes ago". */
  nowMs: number
  /** Called after the session ended. The caller moves the focus, because the row is removed. */
  onEnded: () => void
}

/** Renders a device with its session. Any other than this one can be ended. */
export function SessionRow({ viewer, session, nowMs, onEnded }: SessionRowProps) {
  const device = deviceName(session.userAgent)
  const { pending, problem, end } = useEndSession({ viewer, session, device, onEnded })
  return (
    <ItemRow
      heading
      actionBelow
      lead={<IconTile icon={deviceIcon(session.userAgent)} />}
      title={device}
      badges={
        <>
          {session.current && <Badge tone="success">This device</Badge>}
          {session.level === 2 && <Badge>Second factor</Badge>}
        </>
      }
      detail={
        <>
          <span>{session.ip ?? 'Unknown address'}</span>
          <span>
            Logged in <MomentAgo at={session.createdAt} now={nowMs} />
          </span>
          {session.methods.length > 0 && <span>By {methodWords(session.methods)}</span>}
        </>
      }
      note={session.current ? <span>Active now</span> : <LastActive at={session.lastSeenAt} nowMs={nowMs} />}
      {...(!session.current && {
        action: (
          <Button pending={pending} onClick={() => void end()}>
            End session<VisuallyHidden> {device}</VisuallyHidden>
          </Button>
        ),
      })}
    >
      {problem !== undefined && <FormAlert problem={problem} />}
    </ItemRow>
  )
}

function LastActive({ at, nowMs }: { at: string; nowMs: number }) {
  return (
    <>
      Active <MomentAgo at={at} now={nowMs} />
    </>
  )
}

type EndSessionProps = Omit<SessionRowProps, 'nowMs'> & { device: string }

function useEndSession({ viewer, session, device, onEnded }: EndSessionProps) {
  const { client } = useApi()
  const flash = useFlash()
  const { pending, problem, run } = useConfirmedAction(useRefreshSessions(viewer))

  async function end() {
    const ended = await run(
      () => client.sessions.revoke.mutate({ id: session.id }),
      () => showEnded('That session had already ended.'),
    )
    if (ended) showEnded(`Session ended: ${device}.`)
  }

  function showEnded(message: string) {
    flash.show(message)
    onEnded()
  }

  return { pending, problem, end }
}
