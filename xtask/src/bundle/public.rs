//! Files served as they lie in `public/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::PACKAGE_FOLDER;
use crate::{error::Error, workspace::Workspace};

/// Makes the site's root hold what `public/` holds, beside the bundle's own folder.
pub(super) fn copy(workspace: &Workspace, site_root: &Path) -> Result<(), Error> {
    for entry in entries(site_root)? {
        if entry.file_name().is_some_and(|name| name == PACKAGE_FOLDER) {
            continue;
        }
        if entry.is_dir() { fs::remove_dir_all(&entry) } else { fs::remove_file(&entry) }.map_err(Error::file("remove", &entry))?;
    }
    copy_folder(&workspace.path("public"), site_root)
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::file("make", to))?;
    for entry in entries(from)? {
        let Some(name) = entry.file_name() else { continue };
        let copy = to.join(name);
        if entry.is_dir() {
            copy_folder(&entry, &copy)?;
        } else {
            fs::copy(&entry, &copy).map_err(Error::file("copy", &entry))?;
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    fs::read_dir(folder)
        .map_err(Error::file("list", folder))?
        .map(|entry| entry.map(|entry| entry.path()).map_err(Error::file("list", folder)))
        .collect()
}
