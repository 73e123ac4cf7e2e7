export { signupInput } from './signup-input.ts'
