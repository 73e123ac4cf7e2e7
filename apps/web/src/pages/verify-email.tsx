import { VerifyEmail } from '../recovery/verify-email.tsx'

export function VerifyEmailPage() {
  return <VerifyEmail />
}
