import type { Self } from '@app/contract'
import { Lock } from 'lucide-react'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useSearch } from 'wouter'
import { ButtonLink } from '../../components/button-link.tsx'
import { FailedState } from '../../components/failed-state.tsx'
import { focusHeading } from '../../components/focus-heading.ts'
import { IconTile } from '../../components/icon-tile.tsx'
import { ItemList } from '../../components/item-list.tsx'
import { ItemRow } from '../../components/item-row.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { AuthenticatorRow } from './authenticator-row.tsx'
import { FactorResetNotice } from './factor-reset-notice.tsx'
import { IdentitiesSection } from './identities-section.tsx'
import { Notice } from './notice.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { fewCodes, RecoveryCodesRow } from './recovery-codes-row.tsx'
import { SaveCodesDialog } from './save-codes-dialog.tsx'
import { Section } from './section.tsx'
import { useSecurity } from './use-security.ts'
import styles from './security.module.css'

/** Shows every way in which the viewer logs in, and changes them. */
export function SecurityView({ viewer }: { viewer: Self }) {
  const security = useSecurity(viewer)
  const search = useSearch()
  const [codes, setCodes] = useState<readonly string[]>()
  const factors = useRef<HTMLUListElement>(null)
  if (security.isPending) return <Skeleton label="Loading your security settings" blocks={3} />
  if (security.isError && security.data === undefined) {
    const retry = () => void security.refetch()
    return <FailedState error={security.error} retrying={security.isFetching} onRetry={retry} />
  }
  const { hasPassword, totp, passkeys, identities, recoveryCodes, factorReset } = security.data
  const nowMs = security.dataUpdatedAt
  return (
    <div className={styles['page']}>
      {factorReset !== null && <FactorResetNotice viewer={viewer} effectiveAt={factorReset.effectiveAt} />}
      {totp === null && passkeys.length === 0 && new URLSearchParams(search).has('factor-required') && (
        <Notice>
          Admins need a second factor here. Set up an authenticator app or a passkey, then open the page
          again.
        </Notice>
      )}
      {recoveryCodes !== null && recoveryCodes.left <= fewCodes && (
        <Notice>
          {recoveryCodes.left === 0
            ? 'You have no recovery codes left. Make new ones, so that you can get back in if you lose your other factors.'
            : `You have only ${recoveryCodes.left} of ${recoveryCodes.total} recovery codes left. Make new ones soon.`}
        </Notice>
      )}
      <Section
        heading="Second step"
        lead="With a second step, a stolen password is not enough to log in to your account."
      >
        <ItemList ref={factors} label="Second step">
          <li>
            <AuthenticatorRow
              viewer={viewer}
              totp={totp}
              nowMs={nowMs}
              onCodes={setCodes}
              onChanged={() => factors.current?.focus()}
            />
          </li>
          {recoveryCodes !== null && (
            <li>
              <RecoveryCodesRow viewer={viewer} codes={recoveryCodes} nowMs={nowMs} onCodes={setCodes} />
            </li>
          )}
        </ItemList>
      </Section>
      <PasskeysSection viewer={viewer} passkeys={passkeys} nowMs={nowMs} onCodes={setCodes} />
      <Section heading="Password" lead="A long password that you use nowhere else.">
        <ItemList label="Password">
          <li>
            <ItemRow
              lead={<IconTile icon={Lock} />}
              title="Password"
              detail={<span>{hasPassword ? 'Set' : 'None: you log in in other ways.'}</span>}
              action={hasPassword && <ButtonLink href="/account/password">Change</ButtonLink>}
            />
          </li>
        </ItemList>
      </Section>
      <IdentitiesSection viewer={viewer} identities={identities} nowMs={nowMs} />
      {codes !== undefined && (
        <SaveCodesDialog
          codes={codes}
          username={viewer.username}
          onClose={() => {
            // The closing dialog returns the focus to a button that may be gone.
            flushSync(() => setCodes(undefined))
            focusHeading()
          }}
        />
      )}
    </div>
  )
}
