/** What a form needs of the input of a procedure. The schemas of the contract have it. */
export interface FormSchema<Input> {
  safeParse: (values: unknown) => Parsed<Input>
  /** The fields, which are checked one by one while the user types. */
  readonly shape: Readonly<Record<string, { safeParse: (value: unknown) => Parsed<unknown> }>>
}

type Parsed<Value> = { success: true; data: Value } | { success: false; error: Pick<ParseError, 'issues'> }

export interface ParseError {
  issues: readonly { path: readonly PropertyKey[]; message: string }[]
}
