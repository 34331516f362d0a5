//! When “not found” is answered: what is hidden has to be read before it can be hidden, and what is not there has not, so that how long the
//! answer took would tell one from the other. It leaves on a grid of time after its request came.

use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The grid: longer than either takes on a server that is not overloaded, and too short for anybody to notice.
const GRID: Duration = Duration::from_millis(25);

/// How long is left until the next line of the grid.
fn left(passed: Duration) -> Duration {
    let grid = GRID.as_nanos();
    let into = u64::try_from(passed.as_nanos() % grid).unwrap_or_default();
    GRID.saturating_sub(Duration::from_nanos(into))
}

/// Keeps an answer that something is not found until the next line of the grid.
pub(crate) async fn even_out(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        sleep(left(began.elapsed())).await;
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_answer_leaves_on_the_grid_and_never_waits_longer_than_its_mesh(nanos in 0..10_000_000_000_u64) {
            let passed = Duration::from_nanos(nanos);
            prop_assert!(left(passed) <= GRID && left(passed) > Duration::ZERO);
            prop_assert_eq!((passed + left(passed)).as_nanos() % GRID.as_nanos(), 0);
        }
    }
}
