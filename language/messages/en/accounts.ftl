### Signing in.

accounts-sign-in-title = Sign in
accounts-sign-in-lead = To the desk of { $office }.
accounts-sign-in-email = E-mail address
accounts-sign-in-password = Password
accounts-sign-in-do = Sign in
accounts-sign-in-refused = This e-mail address and password do not belong together, or the account is not active.
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
