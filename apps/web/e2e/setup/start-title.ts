/** The heading of the page at `/` for a user. */
export const startTitle = 'Your notes'
