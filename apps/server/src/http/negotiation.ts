import type { IncomingMessage } from 'node:http'
import express from 'express'

/**
 * How much of a header is read. Browsers send fewer than 200 characters. To parse 16 KB takes milliseconds,
 * and no allowance counts the requests for files.
 */
const maxCharacters = 250

/** Checks whether a client prefers HTML to JSON, as a browser does that opens a page or submits a form. */
export function prefersHtml({ headers }: IncomingMessage): boolean {
  const accept = headers.accept?.slice(0, maxCharacters)
  return express.request.accepts.call({ headers: { accept } }, 'json', 'html') === 'html'
}

export function acceptsEncoding({ headers }: IncomingMessage, encoding: string): boolean {
  const accepted = String(headers['accept-encoding'] ?? '').slice(0, maxCharacters)
  return (
    express.request.acceptsEncodings.call({ headers: { 'accept-encoding': accepted } }, encoding) !== false
  )
}
