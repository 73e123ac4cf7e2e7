export { verifyTotp } from './verify-totp.ts'
