export { composeRecovery } from './compose-recovery.ts'
export { issueRecoveryLink } from './issue-link-for.ts'
