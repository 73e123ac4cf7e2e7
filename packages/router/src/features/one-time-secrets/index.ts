export {
  consumeSecret,
  inspectSecret,
  issueSecret,
  revokeIssuedSecrets,
  revokeRecoveryLinks,
  revokeSecrets,
} from './secrets.ts'
