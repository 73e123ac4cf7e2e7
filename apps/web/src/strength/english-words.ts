export { dictionary } from '@zxcvbn-ts/language-en'
