export { hasFirstStep, hasWayIn } from './has-way-in.ts'
