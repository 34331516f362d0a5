//! What the framework does not escape is written in the shared components alone that escape it themselves.
#![expect(clippy::unwrap_used, reason = "a test's own helpers fail loudly")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The files that may, with care.
const ALLOWED: [&str; 2] = ["components/text_area.rs", "components/markup.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn raw_text_tags_and_inner_html_stand_in_the_shared_components_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 10, "the sources were not found");
    for file in files {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        if ALLOWED.contains(&name.as_str()) || name.ends_with("/tests.rs") {
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        for banned in ["<textarea", "<noscript", "inner_html", " style=", "textarea()", "noscript()"] {
            assert!(!source.contains(banned), "{name} uses {banned}");
        }
    }
}
