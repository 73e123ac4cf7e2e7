/** The cache entry of the viewer, the user whose page this is. Every other entry belongs to that user. */
export const viewerKey = ['viewer'] as const
