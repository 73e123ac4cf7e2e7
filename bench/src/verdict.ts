export { targetOf, verdictOf, type Bound } from '@app/router/testing/verdict'
