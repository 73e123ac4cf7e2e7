import { SignedOutOnly } from '../auth/signed-out-only.tsx'
import { ForgotPassword } from '../recovery/forgot-password.tsx'

export function ForgotPasswordPage() {
  return (
    <SignedOutOnly>
      <ForgotPassword />
    </SignedOutOnly>
  )
}
