//! Makes one method of each message, so that a missing message or argument does not compile.
//!
//! Every folder in `messages` is a locale. `locale.ftl` in it names the locale: `locale-english-name` (one word, which
//! becomes the variant), `locale-own-name`, `locale-tag` (BCP 47) and `locale-direction` (`ltr` or `rtl`).

// What a program may not do, and a test of it may: end at once when something it stands on is not there.
#![cfg_attr(not(test), warn(clippy::disallowed_methods, clippy::expect_used, clippy::panic, clippy::unwrap_used))]

#[path = "catalogue.rs"]
mod catalogue;

use catalogue::{Catalogue, Flaw};
use std::{
    env,
    error::Error,
    fmt::{self, Write as _},
    fs,
    path::{Path, PathBuf},
};

/// The locale whose messages the others must have.
const REFERENCE: &str = "en";

#[derive(Debug)]
enum BuildError {
    Flaw(String, Flaw),
    Unnamed { locale: String, message: &'static str },
    NoReference,
    Differs { locale: String, differences: Vec<String> },
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flaw(locale, flaw) => write!(out, "messages/{locale}: {flaw}"),
            Self::Unnamed { locale, message } => write!(out, "messages/{locale}/locale.ftl: no usable {message}"),
            Self::Differs { locale, differences } => write!(out, "messages/{locale}: {}", differences.join("; ")),
            Self::NoReference => write!(out, "messages/{REFERENCE} is missing"),
        }
    }
}

impl Error for BuildError {}

struct LocaleFiles {
    folder: String,
    files: Vec<String>,
    catalogue: Catalogue,
}

impl LocaleFiles {
    fn named(&self, message: &'static str) -> Result<&str, BuildError> {
        self.catalogue
            .text(message)
            .filter(|text| !text.is_empty())
            .ok_or_else(|| BuildError::Unnamed { locale: self.folder.clone(), message })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=messages");
    println!("cargo::rerun-if-changed=catalogue.rs");
    let messages = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("messages");
    let locales = read_locales(&messages)?;
    let mut code = String::new();
    write_locales(&mut code, &messages, &locales)?;
    let reference = locales.iter().find(|locale| locale.folder == REFERENCE).ok_or(BuildError::NoReference)?;
    for locale in &locales {
        let differences = reference.catalogue.differences(&locale.catalogue);
        if !differences.is_empty() {
            return Err(BuildError::Differs { locale: locale.folder.clone(), differences }.into());
        }
    }
    write_methods(&mut code, &reference.catalogue)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("messages.rs"), code)?;
    Ok(())
}

/// All locales, the reference first, so that it is the default.
fn read_locales(messages: &Path) -> Result<Vec<LocaleFiles>, Box<dyn Error>> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(messages)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    folders.sort_by_key(|folder| (folder != REFERENCE, folder.clone()));
    let mut locales = Vec::new();
    for folder in folders {
        let (catalogue, files) = Catalogue::of_folder(&messages.join(&folder)).map_err(|flaw| BuildError::Flaw(folder.clone(), flaw))?;
        locales.push(LocaleFiles { folder, files, catalogue });
    }
    Ok(locales)
}

fn write_locales(code: &mut String, messages: &Path, locales: &[LocaleFiles]) -> Result<(), Box<dyn Error>> {
    writeln!(code, "/// A language Chancery speaks: a folder of messages.")?;
    writeln!(code, "#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]\npub enum Locale {{")?;
    for (index, locale) in locales.iter().enumerate() {
        let default = if index == 0 { "#[default]" } else { "" };
        let name = locale.named("locale-english-name")?;
        writeln!(code, "    /// {name} (`{}`).\n    {default}\n    {name},", locale.named("locale-tag")?)?;
    }
    writeln!(code, "}}\n\nimpl Locale {{")?;
    writeln!(code, "    /// All, the reference first.\n    pub const ALL: &'static [Self] = &[")?;
    for locale in locales {
        writeln!(code, "        Self::{},", locale.named("locale-english-name")?)?;
    }
    writeln!(code, "    ];\n\n    pub(crate) const fn face(self) -> &'static Face {{\n        match self {{")?;
    for locale in locales {
        let name = locale.named("locale-english-name")?;
        let direction = match locale.named("locale-direction")? {
            "ltr" => "LeftToRight",
            "rtl" => "RightToLeft",
            _ => return Err(BuildError::Unnamed { locale: locale.folder.clone(), message: "locale-direction" }.into()),
        };
        writeln!(
            code,
            "            Self::{name} => &Face {{ tag: {:?}, own_name: {:?}, direction: Direction::{direction}, sources: &[",
            locale.named("locale-tag")?,
            locale.named("locale-own-name")?,
        )?;
        for file in &locale.files {
            writeln!(code, "                include_str!({:?}),", messages.join(&locale.folder).join(file).display().to_string())?;
        }
        writeln!(code, "            ] }},")?;
    }
    writeln!(code, "        }}\n    }}\n}}\n")?;
    Ok(())
}

fn write_methods(code: &mut String, catalogue: &Catalogue) -> Result<(), fmt::Error> {
    writeln!(code, "impl Words {{")?;
    for message in catalogue.messages() {
        let text: String = message.text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
        writeln!(code, "    /// `{text}`")?;
        writeln!(code, "    #[must_use]")?;
        let lifetime = if message.variables.is_empty() { "" } else { "<'a>" };
        let parameters: String =
            message.variables.iter().map(|variable| format!(", {}: impl Into<Argument<'a>>", variable.replace('-', "_"))).collect();
        writeln!(code, "    pub fn {}{lifetime}(self{parameters}) -> String {{", message.method())?;
        let arguments: String =
            message.variables.iter().map(|variable| format!("({variable:?}, {}.into()), ", variable.replace('-', "_"))).collect();
        writeln!(code, "        self.say({:?}, {:?}, [{arguments}])\n    }}\n", message.id, message.attribute)?;
    }
    writeln!(code, "}}")
}
