//! Journeys in a browser: `end2end/`, by Playwright on the machine's Chromium.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use super::rust;
use crate::{
    bundle::{self, Flavour},
    error::Error,
    process,
    requirements::{self, Provided},
    stamp::{Inputs, Stamp},
    workspace::Workspace,
};

/// Every journey, with and without scripts, on the release bundle and the development server: it is what is shipped, a browser has
/// each page of it ready in half the time, and what only an optimised module gets wrong shows nowhere else.
pub(super) fn journeys(workspace: &Workspace) -> Result<(), Error> {
    bundle::build(workspace, Flavour::Release)?;
    let chromium = prepare(workspace)?;
    process::run(npx(workspace).arg("tsc").arg("--noEmit"))?;
    process::run(&mut playwright(workspace, &chromium, Flavour::Release))
}

/// The journeys tagged `@both-bundles`, on the bundle that `cargo xtask run` serves, in which the framework checks itself.
pub(super) fn development_journeys(workspace: &Workspace) -> Result<(), Error> {
    bundle::build(workspace, Flavour::Development)?;
    let chromium = prepare(workspace)?;
    process::run(playwright(workspace, &chromium, Flavour::Development).args(["--project=scripts", "--grep", "@both-bundles"]))
}

/// How smoothly the board of a large office is scrolled: the release bundle, and a program that serves 500 rooms. A measurement, and no
/// check.
///
/// # Errors
/// When something cannot be built, or the board is drawn more slowly than the machine could.
pub(crate) fn scroll(workspace: &Workspace) -> Result<(), Error> {
    bundle::build(workspace, Flavour::Release)?;
    let office = rust::build_large_office(workspace)?;
    let chromium = have_browser(workspace)?;
    let mut command = playwright(workspace, &chromium, Flavour::Release);
    process::run(command.args(["--config", "scroll.config.ts"]).env("CHANCERY_LARGE_OFFICE", office))
}

/// Has the server, Node.js, the packages of `end2end/` and a Chromium ready; returns the last.
fn prepare(workspace: &Workspace) -> Result<PathBuf, Error> {
    rust::build_server()?;
    have_browser(workspace)
}

/// Has Node.js, the packages of `end2end/` and a Chromium ready; returns the last.
fn have_browser(workspace: &Workspace) -> Result<PathBuf, Error> {
    requirements::node()?;
    let folder = workspace.path("end2end");
    let inputs = Inputs::new().content(&folder.join("package.json"))?.content(&folder.join("package-lock.json"))?;
    Stamp::new(workspace, "end2end", &inputs)?.unless_current(&folder.join("node_modules"), || requirements::npm_ci(&folder))?;
    Provided { what: "Chromium", packages: &["chromium-headless-shell"] }.find_or_install(find_chromium)
}

/// The browser named by `CHANCERY_CHROMIUM`, or one where systems put it: the one without windows first, as it takes a third
/// less time for the same pages.
fn find_chromium() -> Option<PathBuf> {
    let named = env::var_os("CHANCERY_CHROMIUM").map(PathBuf::from);
    let usual = [
        "/usr/bin/chromium-headless-shell",
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ];
    named.into_iter().chain(usual.map(PathBuf::from)).find(|path| path.is_file())
}

fn playwright(workspace: &Workspace, chromium: &Path, flavour: Flavour) -> Command {
    let mut command = npx(workspace);
    command
        .args(["playwright", "test"])
        .env("CHANCERY_CHROMIUM", chromium)
        .env("CHANCERY_BINARY", Flavour::Development.server(workspace))
        .env("CHANCERY_SITE_ROOT", flavour.site_root(workspace));
    command
}

/// A program of the packages in `end2end/`; never one from elsewhere.
fn npx(workspace: &Workspace) -> Command {
    let mut command = Command::new("npx");
    command.current_dir(workspace.path("end2end")).arg("--no-install");
    command
}
