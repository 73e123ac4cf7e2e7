import type { Passkey, Self } from '@app/contract'
import { KeyRound } from 'lucide-react'
import { useRef } from 'react'
import { supportsPasskeys } from '../../auth/proof/webauthn.ts'
import { useAccountOptions } from '../../auth/use-account-options.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { focusListOrHeading } from '../../components/focus-heading.ts'
import { ItemList } from '../../components/item-list.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { PasskeyRow } from './passkey-row.tsx'
import { Section } from './section.tsx'

interface PasskeysSectionProps {
  viewer: Self
  passkeys: readonly Passkey[]
  nowMs: number
  onCodes: (codes: readonly string[]) => void
}

/** Lists the passkeys of the viewer, and adds one where browser and address allow it. */
export function PasskeysSection({ viewer, passkeys, nowMs, onCodes }: PasskeysSectionProps) {
  const options = useAccountOptions()
  const list = useRef<HTMLUListElement>(null)
  const origin = options?.passkeyOrigin
  const canAdd = supportsPasskeys() && origin === window.location.origin
  return (
    <Section
      heading="Passkeys"
      lead="Log in with your fingerprint, face or screen lock. No password is sent, and a fake page cannot steal it."
      action={canAdd && <AddPasskey viewer={viewer} onCodes={onCodes} />}
    >
      {options !== undefined && !canAdd && <p>{obstacle(origin)}</p>}
      {passkeys.length === 0 ? (
        <EmptyState low icon={KeyRound} title="No passkeys">
          <p>A passkey of this device, your phone or a security key appears here.</p>
        </EmptyState>
      ) : (
        <ItemList ref={list} label="Passkeys">
          {passkeys.map((passkey) => (
            <li key={passkey.id}>
              <PasskeyRow
                viewer={viewer}
                passkey={passkey}
                nowMs={nowMs}
                onRemoved={() => focusListOrHeading(list.current)}
              />
            </li>
          ))}
        </ItemList>
      )}
    </Section>
  )
}

/** Returns why no passkey can be added here. */
function obstacle(origin: string | null | undefined): string {
  if (typeof origin !== 'string')
    return 'Browsers allow no passkeys at the address of this server. Ask an admin.'
  if (origin !== window.location.origin) return `Passkeys work at ${origin}. Open this page there to add one.`
  return 'This browser cannot use passkeys. Open this page in another browser to add one.'
}
