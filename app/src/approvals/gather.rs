//! What the pages of approvals show, gathered from the use cases.

use super::view::{ApprovalsView, NewsShown, PencilsShown, StandingShown, WaitingShown, When};
use crate::{
    bookings::words::when_in_words,
    forms::{Alternative, Notice, NoticeLevel},
    times::fields_of_slot,
};
use backend::{Outcome, RequestContext, news, paging::PageRequest, rooms::approvals};
use chrono::{DateTime, Utc};
use domain::{
    clash::Source,
    ids::BookingId,
    marking::{
        Channel,
        view::{ApprovalView, BesideView, NewsKind, NewsView},
    },
    time::{ZoneName, wall_at},
};
use language::{Locale, Words};

fn when(context: &RequestContext, zone: &ZoneName, starts: DateTime<Utc>, ends: DateTime<Utc>) -> Option<When> {
    let at = |at| wall_at(context.zones(), zone, at).ok();
    Some((at(starts)?.into(), at(ends)?.into()))
}

fn pencils(context: &RequestContext, zone: &ZoneName, view: BesideView) -> PencilsShown {
    let engaged = view.engaged.iter().filter_map(|it| when(context, zone, it.use_starts, it.use_ends)).collect();
    let reserved = view.reserved.iter().filter_map(|it| when(context, zone, it.starts, it.ends)).collect();
    PencilsShown { view, engaged, reserved }
}

/// What waits, on the clocks of its room's site.
pub(crate) fn waiting(context: &RequestContext, view: ApprovalView) -> Option<WaitingShown> {
    let zone = ZoneName::parse(&view.zone).ok()?;
    let (starts, ends) = match (&view.engaged, &view.reserved) {
        (Some(engaged), _) => (engaged.use_starts, engaged.use_ends),
        (None, Some(reserved)) => (reserved.starts, reserved.ends),
        (None, None) => return None,
    };
    let when = when(context, &zone, starts, ends)?;
    Some(WaitingShown { pencils: pencils(context, &zone, view.pencilled.clone()), when, view })
}

/// The inbox of the requester, who gives rooms, from there on.
pub(crate) async fn approvals_of(context: &RequestContext, after: &str) -> Outcome<ApprovalsView> {
    let page = approvals::list_approvals(context, &PageRequest::new(Some(after), None)?).await?;
    Ok(ApprovalsView { waiting: page.items.into_iter().filter_map(|view| waiting(context, view)).collect(), next: page.next })
}

/// How a booking stands with its room, on the clocks of its start.
pub(crate) async fn standing(context: &RequestContext, id: BookingId, zone: &ZoneName) -> Outcome<StandingShown> {
    let standing = approvals::standing_of_booking(context, id).await?;
    Ok(StandingShown {
        waiting: standing.waiting.and_then(|view| waiting(context, view)),
        beside: pencils(context, zone, standing.beside),
        given_to: standing.given_to,
        reason: standing.reason,
    })
}

/// What one is told on a page that several may look at.
pub(crate) async fn news_at_a_glance(context: &RequestContext) -> Outcome<Vec<NewsShown>> {
    Ok(news::list_news(context, Channel::Board).await?.into_iter().map(shown).collect())
}

fn shown(news: NewsView) -> NewsShown {
    let words = Words::new(Locale::English);
    let (title, when) = (news.title.clone(), when_in_words(words, &news.starts, &news.ends));
    let room = news.room.as_ref().map_or_else(|| words.news_a_room(), |room| room.name.clone());
    let says = match (news.kind, &news.with, &news.reason) {
        (NewsKind::Approved, _, _) => words.news_approved(title, when, room),
        (NewsKind::Declined, _, None) => words.news_declined(title, when, room),
        (NewsKind::Declined, _, Some(reason)) => words.news_declined_because(title, when, room, reason.clone()),
        (NewsKind::GivenAway, None, _) => words.news_given_away(title, when, room),
        (NewsKind::GivenAway, Some(with), _) => words.news_given_away_to(title, when, room, with.clone()),
        (NewsKind::Moved, _, _) => words.news_moved(title, room, when),
        (NewsKind::Shifted, _, _) => words.news_shifted(title, when),
        (NewsKind::ClocksChanged, _, _) => words.news_clocks_changed(title, when),
    };
    let level = if news.kind == NewsKind::Approved { NoticeLevel::Note } else { NoticeLevel::Warn };
    let alternatives = news.nearest.iter().map(|slot| Alternative { label: slot.say.clone(), fields: fields_of_slot(slot) }).collect();
    let (page, form) = match (news.source, news.visit_id) {
        (Source::Item(item), Some(visit)) => (format!("/visits/{visit}#line-{item}"), format!("/visits/{visit}/items/{item}")),
        (Source::Booking(booking), _) => (format!("/bookings/{booking}"), format!("/bookings/{booking}/edit")),
        (Source::Item(_), None) => ("/visits".to_owned(), "/visits".to_owned()),
    };
    NewsShown { notice: Notice { alternatives, ..Notice::new(level, says) }, page, form, news }
}
