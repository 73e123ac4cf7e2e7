import type { Identity, Self } from '@app/contract'
import { useRef } from 'react'
import { useApi } from '../../api/api.ts'
import { providerIcon } from '../../auth/provider-icon.tsx'
import { useAccountOptions } from '../../auth/use-account-options.ts'
import { useConfirmedAction } from '../../auth/use-confirmed-action.ts'
import { Button } from '../../components/button.tsx'
import { focusListOrHeading } from '../../components/focus-heading.ts'
import { FormAlert } from '../../components/form-alert.tsx'
import { Icon } from '../../components/icon.tsx'
import { ItemList } from '../../components/item-list.tsx'
import { Row } from '../../components/row.tsx'
import { IdentityRow } from './identity-row.tsx'
import { Section } from './section.tsx'
import { useRefreshSecurity } from './use-security.ts'

interface IdentitiesSectionProps {
  viewer: Self
  identities: readonly Identity[]
  nowMs: number
}

/** Lists the linked accounts of the viewer, and links others. Absent where no provider is set up. */
export function IdentitiesSection({ viewer, identities, nowMs }: IdentitiesSectionProps) {
  const { client } = useApi()
  const { pending, problem, run } = useConfirmedAction(useRefreshSecurity(viewer))
  const providers = useAccountOptions()?.providers ?? []
  const list = useRef<HTMLUListElement>(null)
  if (providers.length === 0 && identities.length === 0) return null

  async function link(provider: string) {
    const input = { provider, redirectTo: '/account/security' }
    const started = await run(() => client.identities.link.mutate(input))
    if (started !== undefined) window.location.assign(started.url)
  }

  return (
    <Section heading="Linked accounts" lead="Log in with an account that you have elsewhere.">
      {identities.length > 0 && (
        <ItemList ref={list} label="Linked accounts">
          {identities.map((identity) => (
            <li key={identity.id}>
              <IdentityRow
                viewer={viewer}
                identity={identity}
                nowMs={nowMs}
                onUnlinked={() => focusListOrHeading(list.current)}
              />
            </li>
          ))}
        </ItemList>
      )}
      {problem !== undefined && <FormAlert problem={problem} />}
      <Row>
        {providers.map(({ name, label }) => (
          <Button key={name} pending={pending} onClick={() => void link(name)}>
            <Icon icon={providerIcon(name)} />
            <span>
              Link <span translate="no">{label}</span>
            </span>
          </Button>
        ))}
      </Row>
    </Section>
  )
}
