import type { NodemailerError } from 'nodemailer'
import type { SmtpServer } from '../../settings/smtp-url.ts'

/** Returns whether the server's rules forbid what it would do for others (RFC 3463, X.7.X, and RFC 4954). */
export function isPolicy({ responseCode, response }: NodemailerError): boolean {
  return responseCode === 530 || /^5\d\d[ -]5\.7\.\d+/.test(response ?? '')
}

/**
 * Says what went wrong and what to change, with the server's codes but without its text, which may quote the
 * recipient.
 */
export function problemOf(error: NodemailerError, server: SmtpServer): string {
  const at = addressOf(server)
  const codes = codesOf(error)
  const cause = error.originalCode ?? error.code ?? ''
  switch (error.code) {
    case 'EDNS':
      return `The name ${server.host} was not found. Check the host in SMTP_URL, and the name servers of this machine.`
    case 'ETIMEDOUT':
      return hangProblem(server)
    case 'ETLS':
      return `The mail server at ${at} offers no encryption (STARTTLS), so it got no password and no mail. Use a port that does, or smtps:// with port 465, in SMTP_URL.`
    case 'EAUTH':
      return loginProblem(error, at)
    case 'EPROTOCOL':
      return codes === ''
        ? `The program at ${at} is not a mail server. Check host and port in SMTP_URL.`
        : `The mail server at ${at} accepts no mail from this machine${codes}. Try again later, or ask who runs it.`
    case 'EENVELOPE':
    case 'EMESSAGE':
      return answerProblem(error, codes)
    case 'ECONNECTION':
      return error.command === undefined
        ? `The mail server at ${at} closes connections without a greeting. Check that it accepts mail from this machine.`
        : `The mail server at ${at} closed the connection before it confirmed the mail${codes}. The mail may have arrived.`
    case 'ESOCKET':
      return socketProblem(cause, at, server)
    default:
      return `The mail could not be sent${cause === '' ? '' : ` (${cause})`}.`
  }
}

/** The sentence for a server that is silent, or slow without end. */
export function hangProblem(server: SmtpServer): string {
  const hint = server.encryption === 'tls' ? '' : ' A port for encrypted connections (465) needs smtps://.'
  return `The mail server at ${addressOf(server)} does not answer in time. Check host and port in SMTP_URL, and the firewalls between.${hint}`
}

function loginProblem(error: NodemailerError, at: string): string {
  const { responseCode = 0 } = error
  if (responseCode >= 400 && responseCode < 500) {
    return `The mail server at ${at} cannot check the password at the moment${codesOf(error)}.`
  }
  return [500, 502, 503, 504].includes(responseCode)
    ? `The mail server at ${at} offers no log-in${codesOf(error)}, so it got no mail. Use the port for log-ins (587), or remove user and password from SMTP_URL.`
    : `The mail server at ${at} does not accept the user and the password of SMTP_URL${codesOf(error)}.`
}

function answerProblem(error: NodemailerError, codes: string): string {
  const { command, responseCode, permanent } = error
  if (responseCode === 530) {
    return `The mail server requires a log-in${codes}. Add user and password to SMTP_URL.`
  }
  if (command === 'MAIL FROM') {
    return permanent === true
      ? `The mail server does not accept mail from the address in MAIL_FROM${codes}.`
      : `The mail server does not accept mail at the moment${codes}.`
  }
  if (isPolicy(error)) {
    return `The rules of the mail server forbid this mail${codes}. Check that it accepts SMTP_URL's user and the domain of MAIL_FROM, and that the domain's DNS names it (SPF, DKIM).`
  }
  const what = command === 'RCPT TO' ? 'the recipient' : 'the mail'
  return permanent === true
    ? `The mail server refuses ${what}${codes}.`
    : `The mail server does not accept ${what} at the moment${codes}.`
}

function socketProblem(cause: string, at: string, server: SmtpServer): string {
  if (cause === 'ECONNREFUSED') {
    return `No program accepts connections at ${at}. Check host and port in SMTP_URL, and that the mail server runs.`
  }
  if (cause === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return `The certificate of the mail server is for another name than ${server.host}. Use the name of the certificate in SMTP_URL.`
  }
  if (/CERT|SIGNATURE|ISSUER/.test(cause)) {
    return `The certificate of the mail server at ${at} is not trusted (${cause}). Renew it, or pass the file of your own authority in NODE_EXTRA_CA_CERTS.`
  }
  if (/^ERR_SSL_|^EPROTO$/.test(cause)) {
    return `The mail server at ${at} and this one agree on no encryption (${cause}). Use smtps:// with port 465 only, and smtp:// with the others.`
  }
  return `The connection to the mail server at ${at} failed (${cause}).`
}

function addressOf({ host, port }: SmtpServer): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Returns ` (550 5.1.1)` for a response with these codes (RFC 3463). */
function codesOf({ responseCode, response }: NodemailerError): string {
  if (responseCode === undefined) return ''
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? '')?.[1]
  return enhanced === undefined ? ` (${responseCode})` : ` (${responseCode} ${enhanced})`
}
