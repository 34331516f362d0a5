//! Where things lie.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::error::Error;

/// The checkout and its target directory.
#[derive(Debug)]
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the checkout this was started from, and makes it the current directory.
    ///
    /// # Errors
    /// When it was not cargo that started this.
    pub(crate) fn locate() -> Result<Self, Error> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or(Error::NotUnderCargo)?;
        let root = manifest.parent().ok_or(Error::NotUnderCargo)?.to_path_buf();
        env::set_current_dir(&root).map_err(Error::file("enter", &root))?;
        // The binary lies in TARGET/debug, wherever cargo's configuration puts TARGET.
        let binary = env::current_exe().map_err(Error::file("find", "the running binary"))?;
        let target = binary.ancestors().nth(2).ok_or(Error::NotUnderCargo)?.to_path_buf();
        Ok(Self { root, target })
    }

    /// A path inside the checkout.
    pub(crate) fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// A path inside the target directory.
    pub(crate) fn target(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.target.join(relative)
    }

    /// A folder of the target directory, made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn target_folder(&self, relative: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let folder = self.target(relative);
        fs::create_dir_all(&folder).map_err(Error::file("make", &folder))?;
        Ok(folder)
    }
}

/// The files in a folder (not below it) with this extension, by name.
///
/// # Errors
/// When the folder cannot be read.
pub(crate) fn files_with_extension(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file("list", folder))? {
        let path = entry.map_err(Error::file("list", folder))?.path();
        if path.is_file() && path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
