import { escapeHtml } from '../http/escape-html.ts'
import type { PlainPage } from './plain-page.ts'

/** The fields of a submitted form. */
export type FormFields = Readonly<Record<string, string>>

/** A form without scripts, and the procedure that it calls. */
export interface PlainForm {
  procedure: string
  input: (fields: FormFields) => object
  page: (fields: FormFields) => PlainPage
  /** The path that follows a success. */
  next: (value: unknown, fields: FormFields) => string
}

interface FieldOptions {
  name: string
  label: string
  type?: 'text' | 'password' | 'email'
  autocomplete: string
  /** What the user typed before; never of a password. */
  value?: string | undefined
  optional?: true
}

export function field({
  name,
  label,
  type = 'text',
  autocomplete,
  value = '',
  optional,
}: FieldOptions): string {
  const attributes = `id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"`
  const required = optional === true ? '' : ' required'
  return `<label for="${name}">${label}</label><input ${attributes} value="${escapeHtml(value)}"${required}>`
}

export function form(action: string, submitLabel: string, ...content: string[]): string {
  return [
    `<form method="post" action="${action}">`,
    ...content,
    `<button type="submit">${submitLabel}</button>`,
    '</form>',
  ].join('\n')
}

export function link(path: string, text: string): string {
  return `<p><a href="${path}">${text}</a></p>`
}
