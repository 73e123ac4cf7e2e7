import type { SignedIn } from '@app/contract'
import type { Problems } from '../api/form-problems.ts'
import { OtherWaysSpace } from './other-ways-space.tsx'
import { PasskeyLogIn } from './passkey-log-in.tsx'
import { supportsPasskeys } from './proof/webauthn.ts'
import { ProviderLinks } from './provider-links.tsx'
import { currentPath } from './redirect-to.ts'
import { useAccountOptions } from './use-account-options.ts'
import styles from './other-ways.module.css'

interface OtherWaysProps {
  /** Passwords are not used here. Default: false. */
  isOnly?: boolean
  /** Whether the user wants to be remembered, at the time of the log-in. */
  isRemembered: () => boolean
  onSignedIn: (result: SignedIn) => Promise<Problems | undefined>
}

/** Renders the ways to log in besides the password, below the form, where browser and server have them. */
export function OtherWays({ isOnly = false, ...props }: OtherWaysProps) {
  const options = useAccountOptions()
  if (options === undefined) return <OtherWaysSpace />
  const hasPasskeys = options.passkeyOrigin === window.location.origin && supportsPasskeys()
  if (!hasPasskeys && options.providers.length === 0) return null
  return (
    <>
      {!isOnly && <p className={styles['or']}>or</p>}
      <div className={styles['ways']}>
        {hasPasskeys && <PasskeyLogIn {...props} />}
        <ProviderLinks
          providers={options.providers}
          purpose="log-in"
          redirectTo={currentPath()}
          isRemembered={props.isRemembered}
        />
      </div>
    </>
  )
}
