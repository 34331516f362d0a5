//! Records of what was done from which inputs, so that it is not done again.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use crate::{error::Error, workspace::Workspace};

/// A digest of the inputs of one piece of work. Equal inputs have equal digests within one Rust version; another
/// version only means that the work is done once more.
#[derive(Debug, Default)]
pub(crate) struct Inputs(DefaultHasher);

impl Inputs {
    /// No input yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    pub(crate) fn value(mut self, value: impl Hash) -> Self {
        value.hash(&mut self.0);
        self
    }

    /// Adds a file by name and content.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn content(mut self, file: &Path) -> Result<Self, Error> {
        file.hash(&mut self.0);
        fs::read(file).map_err(Error::file("read", file))?.hash(&mut self.0);
        Ok(self)
    }

    /// Adds a file too large to read each time, by name, size and time of change. Cargo touches what it builds only when it builds it.
    ///
    /// # Errors
    /// When its size and time cannot be read.
    pub(crate) fn metadata(mut self, file: &Path) -> Result<Self, Error> {
        let metadata = fs::metadata(file).map_err(Error::file("read", file))?;
        let changed = metadata.modified().map_err(Error::file("read the time of", file))?;
        file.hash(&mut self.0);
        metadata.len().hash(&mut self.0);
        changed.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos()).hash(&mut self.0);
        Ok(self)
    }
}

/// The record of one piece of work.
#[derive(Debug)]
pub(crate) struct Stamp {
    file: PathBuf,
    digest: String,
}

impl Stamp {
    /// The record of the work `name` from these inputs.
    ///
    /// # Errors
    /// When the folder of records cannot be made.
    pub(crate) fn new(workspace: &Workspace, name: &str, inputs: &Inputs) -> Result<Self, Error> {
        let file = workspace.target_folder("xtask")?.join(name);
        Ok(Self { file, digest: format!("{:016x}", inputs.0.finish()) })
    }

    /// Does the work unless it was done from the same inputs and its result is still there.
    ///
    /// # Errors
    /// Those of the work, which then counts as not done; or when the record cannot be written.
    pub(crate) fn unless_current(&self, result: &Path, work: impl FnOnce() -> Result<(), Error>) -> Result<(), Error> {
        if result.exists() && fs::read_to_string(&self.file).is_ok_and(|recorded| recorded == self.digest) {
            return Ok(());
        }
        if self.file.exists() {
            fs::remove_file(&self.file).map_err(Error::file("remove", &self.file))?;
        }
        work()?;
        fs::write(&self.file, &self.digest).map_err(Error::file("write", &self.file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(folder: &Path, inputs: &Inputs) -> Stamp {
        Stamp { file: folder.join("stamp"), digest: format!("{:016x}", inputs.0.finish()) }
    }

    #[test]
    fn work_is_done_again_only_when_an_input_changed_or_its_result_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let result = folder.path().join("result");
        let mut times = 0;
        let mut perform = |inputs: Inputs| {
            stamp(folder.path(), &inputs)
                .unless_current(&result, || {
                    times += 1;
                    fs::write(&result, "").map_err(Error::file("write", &result))
                })
                .unwrap();
            times
        };
        assert_eq!(perform(Inputs::new().value(1)), 1);
        assert_eq!(perform(Inputs::new().value(1)), 1);
        assert_eq!(perform(Inputs::new().value(2)), 2);
        fs::remove_file(&result).unwrap();
        assert_eq!(perform(Inputs::new().value(2)), 3);
    }

    #[test]
    fn work_that_failed_is_done_again() {
        let folder = tempfile::tempdir().unwrap();
        let result = folder.path().join("result");
        fs::write(&result, "").unwrap();
        let inputs = Inputs::new().value("same");
        let failed = stamp(folder.path(), &inputs).unless_current(&result, || Err(Error::NotUnderCargo));
        assert!(failed.is_err());
        let mut done = false;
        stamp(folder.path(), &inputs)
            .unless_current(&result, || {
                done = true;
                Ok(())
            })
            .unwrap();
        assert!(done);
    }
}
