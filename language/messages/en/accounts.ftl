### Signing in.

accounts-sign-in-title = Sign in
accounts-sign-in-lead = To the desk of { $office }.
accounts-sign-in-email = E-mail address
accounts-sign-in-password = Password
accounts-sign-in-do = Sign in
accounts-sign-in-refused = This e-mail address and password do not belong together, or the account is not active. Check both and try again.
accounts-sign-in-help = No account, or no way in? Your office’s administrator can invite you again.
accounts-demo-title = Accounts of the demonstration
accounts-demo-lead = All have the password { $password }. Everything here is invented.
accounts-demo-email = Account
accounts-demo-role = Who it is

accounts-role-chief-of-protocol = chief of protocol
accounts-role-protocol-officer = protocol officer
accounts-role-security-lead = security lead
accounts-role-rooms-manager = rooms manager
accounts-role-scheduler = scheduler
accounts-role-staff = staff
accounts-role-press = press office
accounts-role-auditor = auditor
accounts-role-administrator = administrator
accounts-role-mission-head = head of a mission
accounts-role-mission-member = member of a mission

## Keeping accounts.

accounts-name = Name
accounts-roles = Roles
accounts-ceiling = Reads up to
accounts-mission = Mission
accounts-state = State
accounts-last-seen = Last seen
accounts-sessions = Open sessions
accounts-reason = Reason
accounts-ends-on = Last day
accounts-ends-on-hint = An account of a mission needs one, within twelve months.
accounts-state-active = active
accounts-state-invited = invited
accounts-state-disabled = disabled
accounts-state-suspended = nothing above TLP:GREEN
accounts-invite-title = Invite somebody
accounts-invite-do = Invite
accounts-link-made = The link of the invitation. It works once, until { $until } on the office’s clock.
accounts-shown-once = Copy it now and hand it over safely: this is the only time it is shown.
accounts-link-new = Make a new link
accounts-link-cancel = Cancel the link
accounts-confirm = Confirm up to TLP:AMBER
accounts-confirm-withdraw = Withdraw the confirmation up to TLP:AMBER
accounts-person = Person
accounts-person-hint = Whose lines are this account’s own engagements, and are read by it.
accounts-email-hint = Another address ends all that is open, and what the account reads above TLP:GREEN waits until that is lifted.
accounts-owner-title = Whose it is
accounts-owner-save = Save whose it is
accounts-role-another = Another role
accounts-role-grant = Grant the role
accounts-role-revoke = Revoke: { $role }
accounts-ceiling-grant = Grant
accounts-suspension-title = Suspended above TLP:GREEN
accounts-suspension-says = Somebody else changed its address or password. Make sure that its owner is the one who uses it.
accounts-suspension-lift = Lift the suspension
accounts-signing-in-title = Signing in
accounts-enable = Enable
accounts-disable = Disable
accounts-sessions-end-all = End all its sessions

## Taking up an invitation, and one's own account.

accounts-invitation-title = Welcome, { $name }
accounts-invitation-lead = To the desk of { $office }. You sign in as { $email }.
accounts-invitation-replaces = The password chosen here takes the place of the one before, and all that it opened ends.
accounts-invitation-do = Choose this password
accounts-own-title = Your account
accounts-password-title = Password
accounts-password-present = Present password
accounts-password-new = New password
accounts-password-hint = Long is better than intricate: a few words that only you would put together.
accounts-password-change = Change the password
accounts-session-network = Network
accounts-session-this = this one
accounts-sessions-end-others = End all others
accounts-key-made = Made
accounts-key-ends = Ends
accounts-key-end = End
accounts-tokens-title = Tokens of the API
accounts-tokens-says = A program that bears one does what you may do.
accounts-token-label = Name
accounts-token-hint = What it is for.
accounts-token-make = Make a token
accounts-token-made = The token “{ $label }”.
