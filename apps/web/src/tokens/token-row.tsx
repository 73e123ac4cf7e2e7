import type { Token } from '@app/contract'
import { Ellipsis, History, KeySquare, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../components/badge.tsx'
import { IconTile } from '../components/icon-tile.tsx'
import { Icon } from '../components/icon.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { Menu, MenuItem, MenuLink } from '../components/menu.tsx'
import { Moment, MomentAgo } from '../components/moment.tsx'
import { Untranslated } from '../components/untranslated.tsx'
import { RevokeToken } from './revoke-token.tsx'
import type { RevokeTokenProps } from './revoke-token.tsx'

interface TokenRowProps extends Omit<RevokeTokenProps, 'onClose'> {
  token: Token
  /** The time at which the list was loaded, for "3 minutes ago". */
  nowMs: number
}

/** Renders an access token, with a menu that shows its events and revokes it. */
export function TokenRow({ token, nowMs, isOfAnother = false, ...revoking }: TokenRowProps) {
  const [confirming, setConfirming] = useState(false)
  const { name, hint, scopes, expiresAt, lastUsedAt } = token
  const isExpired = Date.parse(expiresAt) <= nowMs
  return (
    <ItemRow
      heading
      lead={<IconTile icon={KeySquare} />}
      title={<Untranslated>{name}</Untranslated>}
      badges={isExpired && <Badge tone="warning">Expired</Badge>}
      detail={
        <>
          <Untranslated>{hint}</Untranslated>
          <Untranslated>{scopes.join(', ')}</Untranslated>
          <span>
            {isExpired ? 'Expired' : 'Expires'} <Moment at={expiresAt} dayOnly />
          </span>
        </>
      }
      note={
        lastUsedAt === null ? (
          <span key="never">Not used yet</span>
        ) : (
          <span key="used">
            Last used <MomentAgo at={lastUsedAt} now={nowMs} />
          </span>
        )
      }
      action={
        <Menu button={<Icon icon={Ellipsis} />} label={`Manage token ${name}`}>
          <MenuLink href={`${isOfAnother ? '/audit' : '/account/activity'}?token=${token.id}`} icon={History}>
            Show its events
          </MenuLink>
          <MenuItem danger onClick={() => setConfirming(true)}>
            <Icon icon={Trash2} />
            Revoke
          </MenuItem>
        </Menu>
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
