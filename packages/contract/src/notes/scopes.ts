/** What an access token may do with the notes of its user. */
export const noteScopes = ['notes:read', 'notes:write'] as const
