//! The files of a release, compressed once and as small as can be, beside themselves: a server that finds them so need not compress
//! megabytes for each browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{OUTPUT_NAME, PACKAGE_FOLDER};
use crate::{
    console,
    error::Error,
    process,
    stamp::{Inputs, Stamp},
    workspace::Workspace,
};

/// Node.js's own Brotli (RFC 7932), with the widest window that every browser reads.
const COMPRESS: &str = "const fs = require('node:fs'), zlib = require('node:zlib');
const [from, to] = process.argv.slice(1), { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN } = zlib.constants;
const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24 };
fs.writeFileSync(to, zlib.brotliCompressSync(fs.readFileSync(from), { params }));";

/// Takes away what an earlier build made of a file that is about to be written anew: should the build end before it is compressed
/// again, the old one would be served in its place.
pub(super) fn forget(file: &Path) -> Result<(), Error> {
    let compressed = beside(file);
    if compressed.exists() { fs::remove_file(&compressed).map_err(Error::file("remove", &compressed)) } else { Ok(()) }
}

/// The compressed file beside one.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

/// Writes `NAME.br` for the module, its script and the style sheet. Without Node.js there are none, which is said: the server then
/// compresses on the way, faster and by less.
pub(super) fn compress(workspace: &Workspace, site_root: &Path) -> Result<(), Error> {
    let package = site_root.join(PACKAGE_FOLDER);
    let has_node = process::version("node").is_some();
    if !has_node {
        console::say("Node.js is missing, so the bundle is not compressed beforehand: it works, but takes a third longer to load");
    }
    for extension in ["wasm", "js", "css"] {
        let file = package.join(OUTPUT_NAME).with_extension(extension);
        let compressed = beside(&file);
        if !has_node {
            forget(&file)?;
            continue;
        }
        let inputs = Inputs::new().value(COMPRESS).content(&file)?;
        Stamp::new(workspace, &format!("compressed-{extension}"), &inputs)?.unless_current(&compressed, || {
            // Under another name until it is whole: half a file would be served as the whole.
            let unfinished = compressed.with_extension("unfinished");
            process::run(Command::new("node").args(["-e", COMPRESS]).arg(&file).arg(&unfinished))?;
            fs::rename(&unfinished, &compressed).map_err(Error::file("rename", &unfinished))
        })?;
    }
    Ok(())
}
