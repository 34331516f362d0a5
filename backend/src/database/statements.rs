//! Every statement of every store, gathered so that a test prepares each on both engines.

/// Names the statements of a store, and lists them.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*

        /// All statements of this store, by name.
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// All statements, by store.
pub fn all() -> Vec<(&'static str, &'static [(&'static str, &'static str)])> {
    vec![
        ("accounts::api_tokens", crate::accounts::api_tokens::STATEMENTS),
        ("accounts::access", crate::accounts::access::STATEMENTS),
        ("accounts::directory", crate::accounts::directory::STATEMENTS),
        ("accounts::grants", crate::accounts::grants::STATEMENTS),
        ("accounts::idempotency", crate::accounts::idempotency::STATEMENTS),
        ("accounts::invitations", crate::accounts::invitations::STATEMENTS),
        ("accounts::sessions", crate::accounts::sessions::STATEMENTS),
        ("accounts::store", crate::accounts::store::STATEMENTS),
        ("accounts::sign_in", crate::accounts::sign_in::STATEMENTS),
        ("audit::deliveries", crate::audit::deliveries::STATEMENTS),
        ("audit", crate::audit::store::STATEMENTS),
        ("delegations", crate::delegations::store::STATEMENTS),
        ("backup", crate::backup::statements()),
        ("directory", crate::directory::STATEMENTS),
        ("engagements", crate::engagements::store::STATEMENTS),
        ("form_drafts", crate::form_drafts::STATEMENTS),
        ("holidays", crate::holidays::store::STATEMENTS),
        ("installation", crate::installation::STATEMENTS),
        ("feeds", crate::feeds::store::STATEMENTS),
        ("keys", crate::keys::STATEMENTS),
        ("missions", crate::missions::store::STATEMENTS),
        ("news", crate::news::store::STATEMENTS),
        ("offices", crate::offices::STATEMENTS),
        ("parts", crate::parts::STATEMENTS),
        ("people", crate::people::store::STATEMENTS),
        ("people::clear", crate::people::clear::STATEMENTS),
        ("people::erasure", crate::people::erasure::STATEMENTS),
        ("people::keys", crate::people::keys::STATEMENTS),
        ("programme", crate::programme::store::STATEMENTS),
        ("programme::changes", crate::programme::changes::STATEMENTS),
        ("programme::import", crate::programme::import::STATEMENTS),
        ("releases", crate::releases::store::STATEMENTS),
        ("reasons", crate::reasons::STATEMENTS),
        ("revisions", crate::revisions::STATEMENTS),
        ("rooms", crate::rooms::store::STATEMENTS),
        ("rooms::approvals", crate::rooms::approvals::store::STATEMENTS),
        ("rooms::blackouts", crate::rooms::blackouts::store::STATEMENTS),
        ("rooms::bookings", crate::rooms::bookings::store::STATEMENTS),
        ("rooms::doors", crate::rooms::doors::store::STATEMENTS),
        ("rooms::series", crate::rooms::series::store::STATEMENTS),
        ("tasks", crate::tasks::store::STATEMENTS),
        ("templates", crate::templates::store::STATEMENTS),
        ("visits", crate::visits::store::STATEMENTS),
    ]
}
