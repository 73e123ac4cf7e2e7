import { ResetPassword } from '../recovery/reset-password.tsx'

export function ResetPasswordPage() {
  return <ResetPassword />
}
