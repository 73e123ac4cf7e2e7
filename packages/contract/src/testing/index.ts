export { longTexts, manyMarks } from './long-texts.ts'
export { recordTextWork } from './record-text-work.ts'
export { selfFixture } from './self.ts'
export { signupInput } from './signup-input.ts'
