//! Making a release's module smaller with Binaryen's `wasm-opt`.

use std::{fs, path::Path, process::Command};

use crate::{
    console,
    error::Error,
    process, requirements,
    stamp::{Inputs, Stamp},
    workspace::Workspace,
};

/// Shrinks the module in place by about a third of what travels.
///
/// It takes Binaryen as npm packs it, in the version that `xtask/binaryen` pins: Debian's (108) writes modules that a
/// browser refuses. Without npm the module stays as it is, which is said.
pub(super) fn shrink(workspace: &Workspace, module: &Path) -> Result<(), Error> {
    if process::version("npm").is_none() {
        console::say("npm is missing, so wasm-opt is not used: the bundle works, but is about half as large again");
        return Ok(());
    }
    let folder = workspace.target_folder("binaryen")?;
    let mut inputs = Inputs::new();
    for name in ["package.json", "package-lock.json"] {
        let (from, to) = (workspace.path("xtask/binaryen").join(name), folder.join(name));
        fs::copy(&from, &to).map_err(Error::file("copy", from))?;
        inputs = inputs.content(&to)?;
    }
    let installed = folder.join("node_modules");
    Stamp::new(workspace, "binaryen", &inputs)?.unless_current(&installed, || requirements::npm_ci(&folder))?;
    let smaller = module.with_extension("smaller");
    process::run(
        Command::new("node")
            .arg(installed.join("binaryen/bin/wasm-opt"))
            .args(["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"])
            .arg(module)
            .arg("-o")
            .arg(&smaller),
    )?;
    fs::rename(&smaller, module).map_err(Error::file("rename", &smaller))
}
