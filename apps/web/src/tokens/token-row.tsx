import type { Token } from '@app/contract'
import { KeySquare } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Badge } from '../components/badge.tsx'
import { Button } from '../components/button.tsx'
import { IconTile } from '../components/icon-tile.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { Moment, MomentAgo } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { RevokeToken } from './revoke-token.tsx'
import type { RevokeTokenProps } from './revoke-token.tsx'

interface TokenRowProps extends Omit<RevokeTokenProps, 'onClose'> {
  token: Token
  /** The time at which the list was loaded, for "3 minutes ago". */
  nowMs: number
}

/** Renders an access token, with a button that revokes it. */
export function TokenRow({ token, nowMs, isOfAnother = false, ...revoking }: TokenRowProps) {
  const [confirming, setConfirming] = useState(false)
  const { name, hint, scopes, createdAt, expiresAt, lastUsedAt } = token
  const isExpired = Date.parse(expiresAt) <= nowMs
  return (
    <ItemRow
      heading
      actionBelow
      lead={<IconTile icon={KeySquare} />}
      title={<Untranslated>{name}</Untranslated>}
      badges={isExpired && <Badge tone="warning">Expired</Badge>}
      detail={
        <>
          <Untranslated>{hint}</Untranslated>
          <Untranslated>{scopes.join(', ')}</Untranslated>
          <span>
            Created <MomentAgo at={createdAt} now={nowMs} />
          </span>
          <span>
            {isExpired ? 'Expired' : 'Expires'} <Moment at={expiresAt} dayOnly />
          </span>
          {lastUsedAt === null ? (
            <span key="never">Not used yet</span>
          ) : (
            <span key="used">
              Last used <MomentAgo at={lastUsedAt} now={nowMs} />
            </span>
          )}
          <Link key="events" href={`${isOfAnother ? '/audit' : '/account/activity'}?token=${token.id}`}>
            Show its events<VisuallyHidden> ({name})</VisuallyHidden>
          </Link>
        </>
      }
      action={
        <Button onClick={() => setConfirming(true)}>
          Revoke<VisuallyHidden> {name}</VisuallyHidden>
        </Button>
      }
    >
      {confirming && (
        <RevokeToken
          {...revoking}
          token={token}
          isOfAnother={isOfAnother}
          onClose={() => setConfirming(false)}
        />
      )}
    </ItemRow>
  )
}
