/** The heading of the page at `/` for a signed-in user. */
export const startTitle = 'Your notes'
