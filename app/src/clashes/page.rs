//! What stands in the way of all programmes, with what would work.

use super::{
    server_fns::load_clashes,
    view::{ClashesView, VisitClashes},
};
use crate::{
    components::{Banner, Empty, MarkingTag, PageHead, StandingNotice},
    errors::ErrorPage,
    live::{JustChanged, use_live, views},
    programme::{line::time_shown, view::LineView, words::title_in_words as line_title},
    visits::words::title_in_words,
    words::{date_in_words, dates_in_words, use_words},
};
use domain::marking::view::VisitView;
use leptos::prelude::*;

/// All that stands in the way, visit by visit.
#[component]
pub fn ClashesPage() -> impl IntoView {
    let live = use_live();
    let page = Resource::new_blocking(move || live.beats(), |_| load_clashes());
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(view) => {
                        live.shows(&view);
                        view! { <Clashes view=view /> }.into_any()
                    }
                    Err(error) => view! { <ErrorPage error=error /> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Clashes(view: ClashesView) -> impl IntoView {
    let words = use_words();
    let ClashesView { visits, of } = view;
    let banner = visits.iter().map(VisitClashes::marking).max().map(|marking| view! { <Banner marking=marking /> });
    let number: usize = visits.iter().map(|visit| visit.lines.len()).sum();
    let eyebrow = move || {
        view! {
            <a href="/">{words.shell_menu_today()}</a>
            <span>{words.clashes_looked_through(of)}</span>
        }
        .into_any()
    };
    let body = if visits.is_empty() {
        view! { <Empty title=words.clashes_none() says=words.clashes_none_says() /> }.into_any()
    } else {
        let visits = visits.into_iter().map(|visit| view! { <OfVisit visit=visit /> }).collect_view();
        view! {
            <p class="prose faint">{words.clashes_says(number)}</p>
            <div class="stack">{visits}</div>
        }
        .into_any()
    };
    view! {
        {banner}
        <PageHead title=words.clashes_title() eyebrow=eyebrow />
        {body}
    }
    .into_any()
}

#[component]
fn OfVisit(visit: VisitClashes) -> impl IntoView {
    let words = use_words();
    let marking = visit.marking();
    let VisitClashes { head, lines } = visit;
    let id = format!("visit-{}", head.visit.id);
    let labelled = id.clone();
    let title = title_in_words(words, &head.visit);
    let dates = head.visit.starts_on.zip(head.visit.ends_on).map(|(from, to)| dates_in_words(words, from, to));
    let to = format!("/visits/{}", head.visit.id);
    let rows = lines.into_iter().map(|line| view! { <Line line=line visit=head.visit.clone() /> }).collect_view();
    view! {
        <section aria-labelledby=labelled>
            <h2 id=id><a href=to dir="auto">{title}</a> " " <small>{dates}</small> " " <MarkingTag marking=marking /></h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: LineView, visit: VisitView) -> impl IntoView {
    let words = use_words();
    let LineView { item, notices, .. } = line;
    let day = item.starts.local.date();
    let shown = time_shown(&item.starts, &visit, day);
    let form = format!("/visits/{}/items/{}", visit.id, item.id);
    let to = format!("/visits/{}#line-{}", visit.id, item.id);
    let notices = notices.into_iter().map(|notice| view! { <StandingNotice notice=notice form=form.clone() /> }).collect_view();
    view! {
        <li>
            <span>
                <time datetime=shown.datetime>{shown.time}</time> " " <small>{shown.place}</small>
                <small class="below">{date_in_words(words, day)}</small>
            </span>
            <div class="told">
                <span><a href=to dir="auto">{line_title(words, &item)}</a> " " <JustChanged of=views::line(item.id) /></span>
                {notices}
            </div>
            <MarkingTag marking=item.marking />
        </li>
    }
    .into_any()
}
