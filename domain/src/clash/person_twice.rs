//! Rule 2: a person is in one place at a time, unless they only drop by.

use super::{Engagement, RuleId};

/// Which case of the rule it is when a person is wanted in two things at once.
pub(super) const fn rule(one: &Engagement, other: &Engagement) -> RuleId {
    if one.is_drop_by() || other.is_drop_by() { RuleId::PersonDropBy } else { RuleId::PersonTwice }
}
