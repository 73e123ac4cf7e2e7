/** Written by build/first-words.ts. */
declare module 'virtual:first-words' {
  export { adjacencyGraphs } from '@zxcvbn-ts/language-common'
  export { translations } from '@zxcvbn-ts/language-en'
  /** The most common passwords, in lower case, the most common one first. */
  export const passwords: string[]
}
