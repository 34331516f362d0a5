//! What the page of clashes shows, gathered from the use cases.

use super::view::{ClashFilters, ClashesView, VisitClashes};
use crate::{errors::AppError, forms::NoticeLevel, programme::gather::programme_of, request::level_of};
use backend::{Failure, RequestContext};
use chrono::NaiveDate;
use domain::{
    clash::Level,
    marking::view::VisitView,
    permission::{Action, role_allows},
};

/// Whether a programme can still be mended: its visit holds things, and is not over. One whose dates may not be read may be on.
fn can_be_mended(visit: &VisitView, today: NaiveDate) -> bool {
    visit.state.holds_things() && visit.ends_on.is_none_or(|last| today <= last)
}

/// Whether something said of a line is asked for: without a level, all that is more than good to know.
fn is_asked_for(filters: &ClashFilters, level: NoticeLevel, rule: Option<&str>) -> bool {
    let is_of_level = match filters.level.as_str() {
        "" => level != NoticeLevel::Note,
        word => Level::from_word(word).map(NoticeLevel::from) == Some(level),
    };
    is_of_level && (filters.rule.is_empty() || rule == Some(&filters.rule))
}

/// What stands in the way of the programmes that the requester may change, as far as it is asked for.
///
/// # Errors
/// When the requester changes no programmes, or the database refuses.
pub(crate) async fn clashes_of_office(context: &RequestContext, filters: &ClashFilters) -> Result<ClashesView, AppError> {
    // Whoever has not signed in is told so first.
    context.account()?;
    if !context.actor().roles().iter().any(|role| role_allows(*role, Action::EditProgramme)) {
        return Err(Failure::Forbidden.into());
    }
    let today = context.today();
    let mut listed: Vec<VisitView> = backend::visits::list_visits(context).await?;
    listed.retain(|visit| context.reader().is_on(visit.id) && can_be_mended(visit, today));
    listed.sort_by_key(|visit| (visit.starts_on.is_none(), visit.starts_on, visit.id));
    let of = u32::try_from(listed.len()).unwrap_or(u32::MAX);
    let mut visits = Vec::new();
    for visit in listed {
        let programme = programme_of(context, visit.id, |clash| is_asked_for(filters, level_of(clash), clash.rule.as_deref())).await?;
        let mut lines = programme.lines;
        for line in &mut lines {
            line.notices.retain(|notice| is_asked_for(filters, notice.level, notice.rule.as_deref()));
        }
        lines.retain(|line| !line.notices.is_empty());
        if !lines.is_empty() {
            visits.push(VisitClashes { head: programme.head, lines });
        }
    }
    Ok(ClashesView { visits, of })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_a_rule_and_a_level_and_otherwise_all_that_wants_to_be_mended() {
        let asked = |rule: &str, level: &str| ClashFilters { rule: rule.into(), level: level.into() };
        for (filters, expected) in [
            (asked("", ""), true),
            (asked("rest_day", "warn"), true),
            (asked("holiday", ""), false),
            (asked("", "block"), false),
            (asked("", "x"), false),
        ] {
            assert_eq!(is_asked_for(&filters, NoticeLevel::Warn, Some("rest_day")), expected, "{filters:?}");
        }
        let noted = |filters: &ClashFilters| is_asked_for(filters, NoticeLevel::Note, Some("rest_day"));
        assert!(!noted(&asked("rest_day", "")) && noted(&asked("", "note")));
        // Of what is no clash, and of what one may not know, no rule is told.
        assert!(!is_asked_for(&asked("rest_day", ""), NoticeLevel::Block, None));
    }
}
