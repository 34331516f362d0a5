//! The browser's half depends on nothing of the server's.

use std::collections::BTreeSet;

use crate::{bundle::TARGET, error::Error, process};

/// Crates, with all whose names extend theirs by a hyphen, that have no place in a browser: our own of the server, the
/// database, and the zone tables, which alone would add nearly a megabyte.
const FORBIDDEN: [&str; 6] = ["backend", "server", "sqlx", "jiff", "chrono-tz", "tokio"];

/// Reads the browser's tree and looks for what is forbidden in it.
pub(super) fn check() -> Result<(), Error> {
    let tree = process::read(process::cargo().args([
        "tree",
        "--package=app",
        "--no-default-features",
        "--features=hydrate",
        "--target",
        TARGET,
        "--edges=normal",
        "--prefix=none",
        "--format={p}",
    ]))?;
    let names = names(&tree);
    // A tree without these is not ours, and would pass for the wrong reason.
    for expected in ["app", "domain", "leptos"] {
        if !names.contains(expected) {
            return Err(Error::ImplausibleTree(expected));
        }
    }
    let forbidden = forbidden(&names);
    if forbidden.is_empty() { Ok(()) } else { Err(Error::ForbiddenDependencies(forbidden)) }
}

/// The crates' names in the lines of `cargo tree`.
fn names(tree: &str) -> BTreeSet<&str> {
    tree.lines().filter_map(|line| line.split_whitespace().next()).collect()
}

fn forbidden(names: &BTreeSet<&str>) -> Vec<String> {
    let extends = |name: &str, crate_name: &str| name.strip_prefix(crate_name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    names.iter().filter(|name| FORBIDDEN.iter().any(|crate_name| extends(name, crate_name))).map(|name| (*name).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forbidden_crate_is_found_with_its_relatives_and_not_by_accident() {
        let tree = "app v0.1.0 (/a)\njiffy v1.0.0\nsqlx-core v0.9.0\nchrono v0.4.0\njiff v1.0.0 (*)\n\n";
        assert_eq!(forbidden(&names(tree)), ["jiff", "sqlx-core"]);
    }
}
