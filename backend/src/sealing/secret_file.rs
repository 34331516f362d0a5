//! A file of thirty-two secret bytes that nobody but its owner may read, kept away from the data.

use super::{
    random::{RandomnessFailed, SecretRandom},
    secret::SecretBytes,
};
use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// Length of a secret file in bytes: raw, without a line end.
pub const SECRET_FILE_BYTES: u64 = 32;

/// Why a secret file is not used, or was not made.
#[derive(Debug, thiserror::Error)]
pub enum SecretFileError {
    /// There is no such file.
    #[error("{} does not exist", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// There is something already, and a key that exists is never overwritten.
    #[error("{} exists already and is not overwritten", path.display())]
    Exists {
        /// Where it was to be made.
        path: PathBuf,
    },
    /// Others than its owner may do something with it.
    #[error("{} has mode {mode:04o}: others than its owner may use it; run `chmod 600` on it", path.display())]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It is not a file of 32 bytes.
    #[error("{} holds {found} bytes; a key is exactly 32 raw bytes, without a line end", path.display())]
    WrongLength {
        /// The file.
        path: PathBuf,
        /// How many bytes it holds.
        found: u64,
    },
    /// It is a directory, a device or a pipe.
    #[error("{} is not a regular file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// It lies with the data it protects, and would be in every copy of them.
    #[error("{} lies inside the data directory {}; keep the key elsewhere", path.display(), data.display())]
    InsideData {
        /// The file.
        path: PathBuf,
        /// The directory of the data.
        data: PathBuf,
    },
    /// The system refused.
    #[error("{}: {source}", path.display())]
    System {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// No key could be drawn.
    #[error(transparent)]
    Randomness(#[from] RandomnessFailed),
}

/// Reads the secret. What is checked is what was opened, not what the path pointed to a moment earlier.
///
/// Modes 0600 and 0400 are taken. A symbolic link is followed, as secrets are often mounted by one.
pub(crate) fn read(path: &Path, data: Option<&Path>) -> Result<SecretBytes, SecretFileError> {
    refuse_inside(path, data)?;
    let mut file = File::open(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => SecretFileError::Missing { path: path.to_owned() },
        _ => system(path, source),
    })?;
    let about = file.metadata().map_err(|source| system(path, source))?;
    if !about.is_file() {
        return Err(SecretFileError::NotAFile { path: path.to_owned() });
    }
    let mode = about.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(SecretFileError::TooOpen { path: path.to_owned(), mode });
    }
    if about.len() != SECRET_FILE_BYTES {
        return Err(SecretFileError::WrongLength { path: path.to_owned(), found: about.len() });
    }
    let mut bytes = Zeroizing::new([0; SECRET_FILE_BYTES as usize]);
    file.read_exact(&mut bytes[..]).map_err(|source| system(path, source))?;
    SecretBytes::from_slice(&bytes[..]).ok_or_else(|| SecretFileError::WrongLength { path: path.to_owned(), found: about.len() })
}

/// Writes the secret to a new file of mode 0600, and to the disk before it returns.
pub(crate) fn write(path: &Path, data: Option<&Path>, secret: &SecretBytes) -> Result<(), SecretFileError> {
    refuse_inside(path, data)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => SecretFileError::Exists { path: path.to_owned() },
        _ => system(path, source),
    })?;
    file.write_all(secret.expose()).and_then(|()| file.sync_all()).map_err(|source| system(path, source))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|source| system(path, source))
}

/// Draws a secret and writes it to a new file.
pub(crate) fn create(path: &Path, data: Option<&Path>, random: &dyn SecretRandom) -> Result<SecretBytes, SecretFileError> {
    let secret = SecretBytes::random(random)?;
    write(path, data, &secret)?;
    Ok(secret)
}

fn system(path: &Path, source: io::Error) -> SecretFileError {
    SecretFileError::System { path: path.to_owned(), source }
}

fn refuse_inside(path: &Path, data: Option<&Path>) -> Result<(), SecretFileError> {
    let Some(data) = data else { return Ok(()) };
    let place = |path: &Path| real(path).map_err(|source| system(path, source));
    if place(path)?.starts_with(place(data)?) {
        return Err(SecretFileError::InsideData { path: path.to_owned(), data: data.to_owned() });
    }
    Ok(())
}

/// The path with every link resolved, as far as it exists.
fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    for existing in path.ancestors() {
        match existing.canonicalize() {
            Ok(found) => return Ok(path.strip_prefix(existing).map_or(found.clone(), |rest| found.join(rest))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealing::random::OsRandom;
    use std::fs;

    fn mode_of(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_was_created_is_read_again_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = create(&path, None, &OsRandom).unwrap();
        assert_eq!(mode_of(&path), 0o600);
        assert_eq!(read(&path, None).unwrap().expose(), made.expose());
    }

    #[test]
    fn a_key_that_exists_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let made = create(&path, None, &OsRandom).unwrap();
        assert!(matches!(create(&path, None, &OsRandom), Err(SecretFileError::Exists { .. })));
        assert_eq!(read(&path, None).unwrap().expose(), made.expose());
    }

    #[test]
    fn a_key_that_others_may_read_is_refused_with_its_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        create(&path, None, &OsRandom).unwrap();
        for mode in [0o640, 0o604, 0o620, 0o610] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert!(matches!(read(&path, None), Err(SecretFileError::TooOpen { mode: found, .. }) if found == mode));
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(read(&path, None).unwrap_err().to_string().contains("mode 0644"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        assert!(read(&path, None).is_ok());
    }

    #[test]
    fn a_file_of_another_length_a_folder_and_nothing_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        assert!(matches!(read(&path, None), Err(SecretFileError::Missing { .. })));
        fs::write(&path, [0; 33]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(read(&path, None), Err(SecretFileError::WrongLength { found: 33, .. })));
        assert!(matches!(read(folder.path(), None), Err(SecretFileError::NotAFile { .. })));
    }

    #[test]
    fn a_key_does_not_lie_with_the_data_it_protects() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let inside = data.join("deep").join("key");
        // Before the data exist, afterwards, and by a link.
        assert!(matches!(create(&inside, Some(&data), &OsRandom), Err(SecretFileError::InsideData { .. })));
        fs::create_dir_all(data.join("deep")).unwrap();
        assert!(matches!(create(&inside, Some(&data), &OsRandom), Err(SecretFileError::InsideData { .. })));
        create(&inside, None, &OsRandom).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&inside, &link).unwrap();
        assert!(matches!(read(&link, Some(&data)), Err(SecretFileError::InsideData { .. })));
        let beside = folder.path().join("data-key");
        create(&beside, Some(&data), &OsRandom).unwrap();
        assert!(read(&beside, Some(&data)).is_ok());
    }
}
