export { selfFixture } from './self.ts'
export { signupInput } from './signup-input.ts'
