import { CheckBox } from '../forms/check-box.tsx'
import { FieldErrorsProvider, KeptValuesProvider } from '../forms/entry-form-context.ts'
import { PasswordField } from '../forms/password-field.tsx'
import { SearchField } from '../forms/search-field.tsx'
import { TextField } from '../forms/text-field.tsx'
import { NewPasswordField } from '../strength/new-password-field.tsx'
import { Kind, Specimen } from './specimen.tsx'

const errors = {
  wrong: ['Use only letters a to z, digits, dot, dash and underscore.'],
  wrongPassword: ['Password is too short: at least 8 characters.'],
}

export function Fields() {
  return (
    <Kind name="Fields">
      <Specimen name="empty">
        <TextField name="empty" label="User name" autoComplete="off" />
      </Specimen>
      <Specimen name="filled, with a hint">
        <TextField
          name="filled"
          label="Name"
          hint="Other users see it."
          autoComplete="off"
          defaultValue="Grace"
        />
      </Specimen>
      <Specimen name="optional">
        <TextField name="optional" label="Email" autoComplete="off" type="email" optional />
      </Specimen>
      <Specimen name="long label and long text">
        <TextField
          name="long"
          label="Name of the admin who manages the accounts while all other admins are away"
          autoComplete="off"
          defaultValue={'unbreakable'.repeat(12)}
        />
      </Specimen>
      <Specimen name="error">
        <FieldErrorsProvider value={errors}>
          <TextField name="wrong" label="Wrong user name" autoComplete="off" defaultValue="a b" />
        </FieldErrorsProvider>
      </Specimen>
      <Specimen name="password, error">
        <FieldErrorsProvider value={errors}>
          <PasswordField name="wrongPassword" label="Wrong password" autoComplete="current-password" />
        </FieldErrorsProvider>
      </Specimen>
      <Specimen name="password">
        <PasswordField name="password" label="Password" autoComplete="current-password" />
      </Specimen>
      <Specimen name="password, with a link beside the label">
        <PasswordField
          name="passwordWithLink"
          label="Password with a link"
          autoComplete="current-password"
          labelEnd={<a href="#help">A link</a>}
        />
      </Specimen>
      <Specimen name="new password">
        <NewPasswordField name="newPassword" label="New password" />
      </Specimen>
      <Specimen name="check box">
        <CheckBox name="remember" label="Remember me on this device" />
      </Specimen>
      <Specimen name="check box, checked">
        <KeptValuesProvider value={{ checked: true }}>
          <CheckBox
            name="checked"
            label="A label that takes more than one line beside its check box on a phone"
          />
        </KeptValuesProvider>
      </Specimen>
      <Specimen name="search">
        <SearchField label="Search documents" search="" onSearch={() => {}} status="" />
      </Specimen>
      <Specimen name="search, filled">
        <SearchField label="Search accounts" search="grace" onSearch={() => {}} status="" />
      </Specimen>
    </Kind>
  )
}
