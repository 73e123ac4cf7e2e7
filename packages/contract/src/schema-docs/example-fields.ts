/** Fields that many schemas have, with examples of their values. */
export const username = { examples: ['ada'] }
export const shownName = { description: 'The name that other users see.', examples: ['Ada Lovelace'] }
export const address = { examples: ['ada@example.org'] }
export const nextCursor = {
  description: 'The `cursor` of the next page; null on the last one.',
  examples: ['AZd-PAAAcAA'],
}
export const oneTimeLink = {
  format: 'uri',
  examples: ['https://accounts.example.org/recover#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
}
export const ip = { description: 'The address of the caller.', examples: ['203.0.113.7'] }
export const userAgent = {
  description: 'What the client said about itself.',
  examples: ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
}
