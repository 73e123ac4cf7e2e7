/** The cache key of the viewer, the logged-in user of the page. Every other entry belongs to that user. */
export const viewerKey = ['viewer'] as const
