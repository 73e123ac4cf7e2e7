import type { IdentityProvider } from '@app/contract'
import { providerLink } from '@app/contract/provider-links'
import { ButtonLink } from '../components/button-link.tsx'
import { Icon } from '../components/icon.tsx'
import { providerIcon } from './provider-icon.tsx'

interface ProviderLinksProps {
  providers: readonly IdentityProvider[]
  purpose: 'log-in' | 'elevate'
  /** The path of the page to open at the end. */
  redirectTo: string
  /** Whether the user wants to be remembered, at the time of the click. */
  isRemembered?: () => boolean
  /** Called before the browser leaves the page. */
  onFollow?: () => void
}

/** Renders a link to each provider of outside identities: the content policy would block a form. */
export function ProviderLinks({
  providers,
  purpose,
  redirectTo,
  isRemembered,
  onFollow,
}: ProviderLinksProps) {
  return providers.map(({ name, label }) => {
    const link = { provider: name, purpose, ...(redirectTo !== '/' && { redirectTo }) }
    return (
      <ButtonLink
        key={name}
        reload
        href={providerLink(link)}
        onFollow={(anchor) => {
          onFollow?.()
          // Also without it: the user may have followed the link before, in a new tab for example.
          anchor.href = providerLink({ ...link, remember: isRemembered?.() === true })
        }}
      >
        <Icon icon={providerIcon(name)} />
        <span>
          Continue with <span translate="no">{label}</span>
        </span>
      </ButtonLink>
    )
  })
}
