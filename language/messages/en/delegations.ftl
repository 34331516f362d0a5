### Delegations: who comes with a visit, and the form of a delegate.

delegations-tab = Delegation
delegations-add = Add a delegate
delegations-none-title = Nobody yet
delegations-none-says = Here stands who comes, delegation by delegation and in its own order: name, rank, role, languages, and what the kitchen must know. The head comes first.
delegations-count = { $count ->
    [one] { $count } delegate
   *[other] { $count } delegates
}
delegations-column-name = Name
delegations-said = said
delegations-new-title = New delegate
delegations-new-do = Add the delegate
delegations-edit-title = Change the delegate
delegations-edit-do = Save the delegate
delegations-leave = Leave it as it is
delegations-remove-title = Remove this delegate …
delegations-remove-says = The delegate leaves the delegation. The person stays in the directory and on the lines of the programme.
delegations-remove-do = Remove the delegate

delegations-field-person = Person in the directory
delegations-field-person-hint = What is known of the person is taken over where you leave a field empty. Somebody who is not there yet is put there by name.
delegations-field-name = Name as it is announced
delegations-field-name-hint = Needed where no person is chosen.
delegations-field-role = Role
delegations-field-rank = Rank or office
delegations-field-address = Form of address
delegations-field-own-script = Name in its own script
delegations-field-pronunciation = How it is said
delegations-field-languages = Languages
delegations-field-languages-hint = Language tags with commas between them: vi, en, fr.
delegations-field-diet = For the kitchen
delegations-field-position = Place in the delegation’s order
delegations-field-position-hint = A number from 1. Left empty, the next.
delegations-field-delegation = Delegation
delegations-field-new-delegation = New delegation
delegations-field-new-delegation-hint = Its name, where it is another than those that are there; a summit has several.
delegations-field-mission = Mission of a new delegation
delegations-field-mission-hint = Its accounts read what is released of their own delegation.
delegations-field-marking = Marking

delegations-role-head = Head of delegation
delegations-role-spouse = Spouse or companion
delegations-role-official = Official
delegations-role-business = Business
delegations-role-interpreter = Interpreter
delegations-role-security = Security
delegations-role-press = Press
delegations-role-support = Support
