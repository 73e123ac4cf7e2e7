/** The language of the texts, as in index.html. Dates and numbers use it too. */
export const language = 'en'
