//! Pages of a list, filled after what the reader may not see was taken out, so that their sizes tell nothing.

use crate::error::{Failure, Outcome};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    paging::{MOST_ON_A_PAGE, Page},
    problems::Problem,
};
use uuid::Uuid;

/// How many things are on a page if nobody says.
pub const USUAL_ON_A_PAGE: u32 = 50;

/// Which page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    after: Option<Cursor>,
    limit: usize,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { after: None, limit: USUAL_ON_A_PAGE as usize }
    }
}

/// Where the page before ended: at which thing, and how many stood up to it. If the thing has gone since, the number serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    last: Uuid,
    seen: u32,
}

impl Cursor {
    fn text(self) -> String {
        let mut bytes = self.last.as_bytes().to_vec();
        bytes.extend(self.seen.to_be_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (last, seen) = bytes.split_at_checked(16)?;
        Some(Self { last: Uuid::from_slice(last).ok()?, seen: u32::from_be_bytes(seen.try_into().ok()?) })
    }
}

impl PageRequest {
    /// Reads what a query says: an empty cursor means the first page, no limit means [`USUAL_ON_A_PAGE`].
    ///
    /// # Errors
    /// When the cursor is not one of ours, or the limit is not from 1 to [`MOST_ON_A_PAGE`].
    pub fn new(cursor: Option<&str>, limit: Option<u32>) -> Outcome<Self> {
        let after = match cursor.map(str::trim).filter(|text| !text.is_empty()) {
            None => None,
            Some(text) => Some(Cursor::read(text).ok_or_else(|| Failure::field("cursor", Problem::Unknown))?),
        };
        let limit = limit.unwrap_or(USUAL_ON_A_PAGE);
        if !(1..=MOST_ON_A_PAGE).contains(&limit) {
            return Err(Failure::field("limit", Problem::OutOfBounds { least: 1, most: i64::from(MOST_ON_A_PAGE) }));
        }
        Ok(Self { after, limit: limit as usize })
    }

    /// What the page before ended with. A list in a stated order need not be read from its beginning to go on from there.
    pub(crate) fn last(&self) -> Option<Uuid> {
        self.after.map(|after| after.last)
    }

    /// Whether a list that is read bit by bit has been read far enough to know the page, and that there is another.
    pub(crate) fn is_filled<T>(&self, views: &[T], id: impl Fn(&T) -> Uuid) -> bool {
        let shown = self.after.map_or(Some(0), |after| views.iter().position(|view| id(view) == after.last).map(|index| index + 1));
        shown.is_some_and(|shown| views.len() - shown > self.limit)
    }
}

/// The page asked for, of the views that a reader has of a list, each known by its identifier. Of the list, what stands before the
/// last thing shown may be left out.
pub fn page<T>(views: Vec<T>, id: impl Fn(&T) -> Uuid, request: &PageRequest) -> Page<T> {
    let (start, seen) = request.after.map_or((0, 0), |after| {
        let without_it = (after.seen as usize).saturating_sub(1);
        views.iter().position(|view| id(view) == after.last).map_or((without_it, without_it), |index| (index + 1, after.seen as usize))
    });
    let start = start.min(views.len());
    let is_last = views.len() - start <= request.limit;
    let items: Vec<T> = views.into_iter().skip(start).take(request.limit).collect();
    let seen = u32::try_from(seen + items.len()).unwrap_or(u32::MAX);
    let next = items.last().filter(|_| !is_last).map(|last| Cursor { last: id(last), seen }.text());
    Page { items, next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(count: u128) -> Vec<Uuid> {
        (1..=count).map(Uuid::from_u128).collect()
    }

    #[test]
    fn a_cursor_of_somebody_elses_making_is_refused() {
        for wrong in ["x", "AAAA", "!!!!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(PageRequest::new(Some(wrong), None).is_err(), "{wrong}");
        }
        assert!(PageRequest::new(None, Some(0)).is_err());
        assert!(PageRequest::new(None, Some(201)).is_err());
        assert!(PageRequest::new(Some(""), Some(200)).is_ok());
    }

    #[test]
    fn a_list_goes_on_where_it_was_though_the_last_thing_shown_has_gone() {
        let first = page(ids(5), |id| *id, &PageRequest::new(None, Some(2)).unwrap());
        let mut without: Vec<Uuid> = ids(5);
        without.retain(|id| *id != Uuid::from_u128(2));
        let next = page(without, |id| *id, &PageRequest::new(first.next.as_deref(), Some(2)).unwrap());
        assert_eq!(next.items, [Uuid::from_u128(3), Uuid::from_u128(4)]);
    }

    proptest! {
        #[test]
        fn the_pages_of_a_list_are_the_list(count in 0u128..60, limit in 1u32..20) {
            let mut got = Vec::new();
            let mut cursor: Option<String> = None;
            loop {
                let next = page(ids(count), |id| *id, &PageRequest::new(cursor.as_deref(), Some(limit)).unwrap());
                got.extend(next.items);
                cursor = next.next;
                if cursor.is_none() { break }
            }
            prop_assert_eq!(got, ids(count));
        }
    }
}
