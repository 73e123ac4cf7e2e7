export { dictionary } from '@zxcvbn-ts/language-common'
