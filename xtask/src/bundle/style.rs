//! The style sheet: `style/main.css` and what it imports, in one file.

use std::{fs, path::Path};

use lightningcss::{
    bundler::{Bundler, FileProvider},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
};

use super::{Flavour, OUTPUT_NAME, PACKAGE_FOLDER, compress};
use crate::{
    error::Error,
    stamp::{Inputs, Stamp},
    workspace::{self, Workspace},
};

/// Bundles and minifies the style sheet into `chancery.css`.
pub(super) fn bundle(workspace: &Workspace, flavour: Flavour) -> Result<(), Error> {
    let sources = workspace.path("style");
    let mut inputs = Inputs::new().metadata(&std::env::current_exe().map_err(Error::file("find", "the running binary"))?)?;
    for sheet in workspace::files_with_extension(&sources, "css")? {
        inputs = inputs.content(&sheet)?;
    }
    let package = flavour.site_root(workspace).join(PACKAGE_FOLDER);
    let result = package.join(OUTPUT_NAME).with_extension("css");
    Stamp::new(workspace, &format!("style-{}", flavour.word()), &inputs)?.unless_current(&result, || {
        fs::create_dir_all(&package).map_err(Error::file("make", &package))?;
        let text = minified(&sources.join("main.css"))?;
        compress::forget(&result)?;
        fs::write(&result, text).map_err(Error::file("write", &result))
    })
}

/// The sheet and its imports as one minified text. No rule is rewritten for older browsers: nesting, layers and
/// `light-dark()` go out as they are written.
fn minified(main: &Path) -> Result<String, Error> {
    let wrong = |place: Option<String>, reason: String| Error::Style { place: place.unwrap_or_else(|| main.display().to_string()), reason };
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(main)
        .map_err(|error| wrong(error.loc.as_ref().map(ToString::to_string), error.kind.to_string()))?;
    sheet.minify(MinifyOptions::default()).map_err(|error| wrong(error.loc.as_ref().map(ToString::to_string), error.kind.to_string()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|error| wrong(error.loc.as_ref().map(ToString::to_string), error.kind.to_string()))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_end_up_in_one_sheet_in_their_layers() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.css"), "@layer tokens, parts;\n@import \"tokens.css\" layer(tokens);\n").unwrap();
        fs::write(folder.path().join("tokens.css"), ":root { --paper: light-dark(#fff, #000); & a { color: red } }").unwrap();
        let text = minified(&folder.path().join("main.css")).unwrap();
        assert!(text.contains("@layer tokens"), "{text}");
        assert!(text.contains("light-dark(#fff,#000)"), "{text}");
        assert!(!text.contains("@import"), "{text}");
    }

    #[test]
    fn a_mistake_is_named_by_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("main.css"), "a { color: red }\nb { } }").unwrap();
        let error = minified(&folder.path().join("main.css")).unwrap_err().to_string();
        assert!(error.contains("main.css"), "{error}");
    }
}
