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
  /** HTML at the end of the label's line. Tab reaches it after the field. */
  end?: string
}

export function field({
  name,
  label,
  type = 'text',
  autocomplete,
  value = '',
  optional,
  end,
}: FieldOptions): string {
  const attributes = `id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"`
  const required = optional === true ? '' : ' required'
  const note = optional === true ? ' <span>(optional)</span>' : ''
  return [
    '<div class="app-early-field">',
    `<label for="${name}">${label}${note}</label>`,
    `<input ${attributes} value="${escapeHtml(value)}"${required}>`,
    end === undefined ? '' : `<span class="app-early-end">${end}</span>`,
    '</div>',
  ].join('')
}

/** @param attributes the attributes of the box */
export function choice(attributes: string, label: string): string {
  return `<label class="app-early-check"><input ${attributes}><span>${label}</span></label>`
}

export function form(action: string, submitLabel: string, ...content: string[]): string {
  return [
    `<form class="app-early-form" method="post" action="${action}">`,
    ...content,
    `<button type="submit">${submitLabel}</button>`,
    '</form>',
  ].join('\n')
}

export function link(path: string, text: string): string {
  return `<a href="${path}">${text}</a>`
}
