//! The browser's half: compiled pages, style sheet and the files served as they are.

mod compress;
mod optimise;
mod public;
mod style;
mod wasm;

pub(crate) use wasm::{SELECTION, TARGET};

use std::{path::PathBuf, time::Instant};

use crate::{console, error::Error, workspace::Workspace};

/// The stem of the bundle's files; the server's pages ask for it (`LEPTOS_OUTPUT_NAME`).
pub(crate) const OUTPUT_NAME: &str = "chancery";

/// The folder of the bundle below the site's root (`LEPTOS_SITE_PKG_DIR`).
pub(crate) const PACKAGE_FOLDER: &str = "pkg";

/// How thoroughly to build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Flavour {
    /// Quick to build; in `target/site`, beside the server of `target/debug`.
    Development,
    /// Small and quick to run; in `target/release/site`, beside the server of `target/release`.
    Release,
}

impl Flavour {
    /// The folder the server serves its files from (`LEPTOS_SITE_ROOT`).
    pub(crate) fn site_root(self, workspace: &Workspace) -> PathBuf {
        workspace.target(match self {
            Self::Development => "site",
            Self::Release => "release/site",
        })
    }

    /// The server of this flavour.
    pub(crate) fn server(self, workspace: &Workspace) -> PathBuf {
        let name = format!("chancery{}", std::env::consts::EXE_SUFFIX);
        workspace
            .target(match self {
                Self::Development => "debug",
                Self::Release => "release",
            })
            .join(name)
    }

    /// A word for the names of records.
    fn word(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Release => "release",
        }
    }
}

/// Builds the browser's half, leaving alone what has not changed.
///
/// # Errors
/// When the WebAssembly target cannot be had, or a part does not build.
pub(crate) fn build(workspace: &Workspace, flavour: Flavour) -> Result<(), Error> {
    let started = Instant::now();
    let site_root = flavour.site_root(workspace);
    let compiled = wasm::compile(workspace, flavour)?;
    wasm::bind(workspace, flavour, &compiled)?;
    style::bundle(workspace, flavour)?;
    public::copy(workspace, &site_root)?;
    if flavour == Flavour::Release {
        compress::compress(workspace, &site_root)?;
    }
    console::say(&format!("The browser's half is in {} ({:.1} s)", site_root.display(), started.elapsed().as_secs_f64()));
    Ok(())
}
