//! The browser's half and the public files: read once, served from memory with a validator.
//!
//! Their names stay from one version to the next, so a browser asks each time whether what it has is still current, and is
//! mostly answered 304 (RFC 9110, 13.1.2). A file under its own hash (`?v=…`) never changes and is not asked for again
//! (RFC 8246). Where the same file lies compressed beside it, as a release has it (`chancery.wasm.br`), that is what is sent to who
//! can read it: made once and as small as can be, in place of anew for each browser.

use crate::AppState;
use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, io, path::Path, time::SystemTime};

/// Where the browser's half lies below the root.
pub const PACKAGE_FOLDER: &str = "pkg";

/// The ending of a file that holds another, compressed (RFC 7932).
const COMPRESSED: &str = ".br";

const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");
const NEVER_CHANGES: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// One file.
#[derive(Debug, Clone)]
struct Asset {
    bytes: Bytes,
    compressed: Option<Bytes>,
    written: SystemTime,
    hash: String,
    tag: HeaderValue,
    kind: &'static str,
}

/// All files, by their address.
#[derive(Debug, Clone, Default)]
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// Reads all files below a folder. A folder that is missing holds none: pages work without scripts.
    ///
    /// # Errors
    /// When one can't be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut assets = Self::default();
        if root.is_dir() {
            assets.read_folder(root, "")?;
        }
        let compressed = assets.0.extract_if(.., |address, _| address.ends_with(COMPRESSED)).collect::<Vec<_>>();
        for (address, file) in compressed {
            match address.strip_suffix(COMPRESSED).and_then(|of| assets.0.get_mut(of)) {
                // One that is older than its file was made of another.
                Some(asset) if asset.written <= file.written => asset.compressed = Some(file.bytes),
                Some(_) => {}
                None => _ = assets.0.insert(address, file),
            }
        }
        Ok(assets)
    }

    /// The addresses, for tests and the log.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    fn read_folder(&mut self, folder: &Path, above: &str) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            // Names that could mean something to a router or in an address are nobody's here.
            let is_plain = !name.starts_with('.') && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
            if !is_plain {
                continue;
            }
            let address = format!("{above}/{name}");
            if entry.file_type()?.is_dir() {
                self.read_folder(&entry.path(), &address)?;
            } else {
                self.0.insert(address, Asset::of(fs::read(entry.path())?, &name, entry.metadata()?.modified()?));
            }
        }
        Ok(())
    }
}

impl Asset {
    fn of(bytes: Vec<u8>, name: &str, written: SystemTime) -> Self {
        let hash: String = Sha256::digest(&bytes)[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        // Weak: compressed or not, it is the same file (RFC 9110, 8.8.1).
        let tag = HeaderValue::from_str(&format!("W/\"{hash}\"")).unwrap_or(HeaderValue::from_static("W/\"\""));
        Self { bytes: bytes.into(), compressed: None, written, hash, tag, kind: kind_of(name) }
    }

    fn answer(&self, headers: &HeaderMap, query: Option<&str>) -> Response {
        let is_versioned = query.and_then(|query| query.strip_prefix("v=")).is_some_and(|version| version == self.hash);
        let caching = if is_versioned { NEVER_CHANGES } else { ASK_EACH_TIME };
        let seen = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
        let mut told = HeaderMap::from_iter([(header::ETAG, self.tag.clone()), (header::CACHE_CONTROL, caching)]);
        if self.compressed.is_some() {
            // Told with "not modified" too (RFC 9110, 15.4.5).
            told.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        }
        // Weakly compared, as If-None-Match asks.
        if seen.split(',').any(|tag| tag.trim() == "*" || tag.trim().trim_start_matches("W/").trim_matches('"') == self.hash) {
            return (StatusCode::NOT_MODIFIED, told).into_response();
        }
        told.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        match self.compressed.as_ref().filter(|_| takes_brotli(headers)) {
            Some(compressed) => {
                told.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                (told, compressed.clone()).into_response()
            }
            None => (told, self.bytes.clone()).into_response(),
        }
    }
}

/// Whether what is compressed so is wanted (RFC 9110, 12.5.3): it is named, and not with the weight of nothing.
fn takes_brotli(headers: &HeaderMap) -> bool {
    let named =
        headers.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    let mut wanted = named.filter_map(|coding| {
        let (name, parameters) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse::<f32>);
        name.trim().eq_ignore_ascii_case("br").then(|| weight.is_ok_and(|weight| weight > 0.0))
    });
    wanted.next().unwrap_or(false)
}

/// The media type by a name's ending.
fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// A route for each file.
pub fn router(state: &AppState) -> Router<AppState> {
    state.serving.assets.0.iter().fold(Router::new(), |router, (address, asset)| router.route(address, route(asset.clone())))
}

fn route(asset: Asset) -> MethodRouter<AppState> {
    get(move |RawQuery(query): RawQuery, request: Request| async move { asset.answer(request.headers(), query.as_deref()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_asked_for_again_and_not_sent_again() {
        let asset = Asset::of(b"body {}".to_vec(), "chancery.css", SystemTime::UNIX_EPOCH);
        let mut headers = HeaderMap::new();
        let first = asset.answer(&headers, None);
        assert_eq!(first.headers()[header::CACHE_CONTROL], "no-cache");
        assert_eq!(first.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        headers.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(asset.answer(&headers, None).status(), StatusCode::NOT_MODIFIED);
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("W/\"other\""));
        assert_eq!(asset.answer(&headers, None).status(), StatusCode::OK);
    }

    #[test]
    fn a_file_that_lies_compressed_beside_itself_is_sent_so_to_who_can_read_it() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("chancery.wasm"), "long").unwrap();
        std::fs::write(root.path().join("chancery.wasm.br"), "short").unwrap();
        std::fs::write(root.path().join("alone.br"), "alone").unwrap();
        let assets = Assets::read(root.path()).unwrap();
        assert_eq!(assets.addresses().collect::<Vec<_>>(), ["/alone.br", "/chancery.wasm"]);
        let asset = &assets.0["/chancery.wasm"];
        let sent_to = |accepted: &'static str| {
            let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            let answer = asset.answer(&headers, None);
            assert_eq!(answer.headers()[header::VARY], "accept-encoding");
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/wasm");
            answer.headers().get(header::CONTENT_ENCODING).map(|coding| coding.to_str().unwrap().to_owned())
        };
        for accepted in ["br", "gzip, deflate, br, zstd", "gzip, BR;q=0.5"] {
            assert_eq!(sent_to(accepted).as_deref(), Some("br"), "{accepted}");
        }
        for accepted in ["", "gzip", "br;q=0", "br;q=much"] {
            assert_eq!(sent_to(accepted), None, "{accepted}");
        }
        let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_static("*"))]);
        let unchanged = asset.answer(&headers, None);
        assert_eq!(
            (unchanged.status(), &unchanged.headers()[header::VARY]),
            (StatusCode::NOT_MODIFIED, &HeaderValue::from_static("accept-encoding"))
        );
    }

    #[test]
    fn what_was_compressed_of_an_older_file_is_not_sent() {
        let root = tempfile::tempdir().unwrap();
        let (file, compressed) = (root.path().join("chancery.wasm"), root.path().join("chancery.wasm.br"));
        std::fs::write(&compressed, "of another").unwrap();
        std::fs::File::open(&compressed).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
        std::fs::write(&file, "long").unwrap();
        let assets = Assets::read(root.path()).unwrap();
        assert_eq!(assets.0["/chancery.wasm"].compressed, None);
    }

    #[test]
    fn only_its_own_hash_makes_a_file_unchanging() {
        let asset = Asset::of(b"body {}".to_vec(), "chancery.css", SystemTime::UNIX_EPOCH);
        let caching = |query: &str| asset.answer(&HeaderMap::new(), Some(query)).headers()[header::CACHE_CONTROL].clone();
        assert_eq!(caching(&format!("v={}", asset.hash)), NEVER_CHANGES);
        assert_eq!(caching("v=0"), ASK_EACH_TIME);
    }
}
