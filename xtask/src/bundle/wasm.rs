//! The pages compiled for the browser.

use std::{
    fs,
    path::{Path, PathBuf},
};

use wasm_bindgen_cli_support::Bindgen;

use super::{Flavour, OUTPUT_NAME, PACKAGE_FOLDER, compress, optimise};
use crate::{
    error::Error,
    process, requirements,
    stamp::{Inputs, Stamp},
    workspace::Workspace,
};

/// The target of the browser's half.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What makes cargo choose the browser's half.
pub(crate) const SELECTION: [&str; 6] = ["--package=app", "--lib", "--no-default-features", "--features=hydrate", "--target", TARGET];

/// Compiles the pages and returns the module.
pub(super) fn compile(workspace: &Workspace, flavour: Flavour) -> Result<PathBuf, Error> {
    requirements::wasm_target()?;
    let (profile, folder) = match flavour {
        Flavour::Development => ("dev", "debug"),
        Flavour::Release => ("wasm-release", "wasm-release"),
    };
    process::run(process::cargo().arg("build").args(SELECTION).args(["--profile", profile]))?;
    Ok(workspace.target(TARGET).join(folder).join("app.wasm"))
}

/// Makes `chancery.js` and `chancery.wasm` of the module.
pub(super) fn bind(workspace: &Workspace, flavour: Flavour, module: &Path) -> Result<(), Error> {
    let package = flavour.site_root(workspace).join(PACKAGE_FOLDER);
    let result = package.join(OUTPUT_NAME).with_extension("wasm");
    let binary = std::env::current_exe().map_err(Error::file("find", "the running binary"))?;
    // This binary holds wasm-bindgen and its settings: when it changes, the bundle may.
    let inputs = Inputs::new().metadata(module)?.metadata(&binary)?;
    Stamp::new(workspace, &format!("bindgen-{}", flavour.word()), &inputs)?.unless_current(&result, || {
        compress::forget(&result)?;
        compress::forget(&result.with_extension("js"))?;
        generate(flavour, module, &package)?;
        // The server's pages name the file after the bundle alone; wasm-bindgen adds a suffix of its own.
        let generated = package.join(format!("{OUTPUT_NAME}_bg.wasm"));
        fs::rename(&generated, &result).map_err(Error::file("rename", &generated))?;
        match flavour {
            Flavour::Development => Ok(()),
            Flavour::Release => optimise::shrink(workspace, &result),
        }
    })
}

fn generate(flavour: Flavour, module: &Path, package: &Path) -> Result<(), Error> {
    let release = flavour == Flavour::Release;
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name(OUTPUT_NAME).typescript(false);
    // Names and debugging sections are three quarters of a development module, which a browser fetches and reads on every page;
    // a panic tells its place without them.
    bindgen.debug(!release).keep_debug(false).remove_name_section(true).remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(package))
        .map_err(|source| Error::Bindgen { input: module.to_path_buf(), source: source.into() })
}
