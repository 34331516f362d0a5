//! The messages of one locale as its files write them: their names, variables and plain text.
//!
//! Shared by the build script, which makes a method of each, and by the tests, which compare locales.

use fluent_syntax::{
    ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};
use std::{collections::BTreeMap, fmt, fs, io, path::Path};

/// A message, or an attribute of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Message {
    /// The message's name, such as `visits-new-title`.
    pub(crate) id: String,
    /// The attribute, if it is one: `hint` in `visits-new-title.hint`.
    pub(crate) attribute: Option<String>,
    /// The variables it takes, in order of first appearance.
    pub(crate) variables: Vec<String>,
    /// The text, shortened where it branches.
    pub(crate) text: String,
}

impl Message {
    /// `visits-new-title`, or `visits-new-title.hint` for an attribute.
    pub(crate) fn key(&self) -> String {
        self.attribute.as_ref().map_or_else(|| self.id.clone(), |attribute| format!("{}.{attribute}", self.id))
    }

    /// The name of the method that says it.
    pub(crate) fn method(&self) -> String {
        self.key().replace(['-', '.'], "_")
    }
}

/// All messages of one locale, by key.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Catalogue {
    messages: BTreeMap<String, Message>,
    references: BTreeMap<String, Vec<String>>,
}

/// Why a locale's files cannot be used.
#[derive(Debug)]
pub(crate) enum Flaw {
    /// A file could not be read.
    Unreadable(io::Error),
    /// A file is not Fluent; with what the parser says.
    NotFluent {
        /// The file.
        file: String,
        /// What the parser says.
        says: String,
    },
    /// Two messages bear one name.
    Twice {
        /// The second file.
        file: String,
        /// The name.
        key: String,
    },
    /// A message does not begin with the name of its file.
    Misplaced {
        /// The file.
        file: String,
        /// The name.
        key: String,
    },
}

impl fmt::Display for Flaw {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => write!(out, "{error}"),
            Self::NotFluent { file, says } => write!(out, "{file}: {says}"),
            Self::Twice { file, key } => write!(out, "{file}: {key} is there already"),
            Self::Misplaced { file, key } => write!(out, "{file}: {key} does not begin with the name of its file"),
        }
    }
}

impl std::error::Error for Flaw {}

impl Catalogue {
    /// Reads all files of a locale's folder; returns their names beside the messages, in order.
    pub(crate) fn of_folder(folder: &Path) -> Result<(Self, Vec<String>), Flaw> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(Flaw::Unreadable)? {
            let name = entry.map_err(Flaw::Unreadable)?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".ftl") {
                names.push(name);
            }
        }
        names.sort();
        let mut sources = Vec::new();
        for name in &names {
            sources.push((name.clone(), fs::read_to_string(folder.join(name)).map_err(Flaw::Unreadable)?));
        }
        Ok((Self::of_sources(&sources)?, names))
    }

    /// Reads files given as name and content.
    pub(crate) fn of_sources(sources: &[(String, String)]) -> Result<Self, Flaw> {
        let mut catalogue = Self::default();
        for (file, source) in sources {
            catalogue.add_file(file, source)?;
        }
        catalogue.follow_references();
        Ok(catalogue)
    }

    /// All messages and attributes, in order of their keys.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.values()
    }

    /// The plain text of a message.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.messages.get(key).map(|message| message.text.as_str())
    }

    /// What another locale has less, more or otherwise than this one, each as a line to be read.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let sorted = |message: &Message| {
            let mut variables = message.variables.clone();
            variables.sort();
            variables
        };
        let mut found = Vec::new();
        for (key, message) in &self.messages {
            match other.messages.get(key) {
                None => found.push(format!("{key} is missing")),
                Some(theirs) if sorted(theirs) != sorted(message) => {
                    found.push(format!("{key} takes {:?}, not {:?}", sorted(theirs), sorted(message)));
                }
                Some(_) => {}
            }
        }
        found.extend(other.messages.keys().filter(|key| !self.messages.contains_key(*key)).map(|key| format!("{key} is not known")));
        found
    }

    fn add_file(&mut self, file: &str, source: &str) -> Result<(), Flaw> {
        let resource = parser::parse(source).map_err(|(_, errors)| Flaw::NotFluent {
            file: file.to_owned(),
            says: errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        })?;
        let prefix = format!("{}-", file.trim_end_matches(".ftl").replace('_', "-"));
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let value = message.value.iter().map(|pattern| (None, pattern));
            let attributes = message.attributes.iter().map(|attribute| (Some(attribute.id.name.to_owned()), &attribute.value));
            for (attribute, pattern) in value.chain(attributes) {
                let mut walk = Walk::default();
                walk.pattern(pattern);
                let message = Message { id: message.id.name.to_owned(), attribute, variables: walk.variables, text: walk.text };
                let key = message.key();
                if !key.starts_with(&prefix) {
                    return Err(Flaw::Misplaced { file: file.to_owned(), key });
                }
                self.references.insert(key.clone(), walk.references);
                if self.messages.insert(key.clone(), message).is_some() {
                    return Err(Flaw::Twice { file: file.to_owned(), key });
                }
            }
        }
        Ok(())
    }

    /// A message that quotes another takes the other's variables too. Quotations of quotations settle in a few rounds.
    fn follow_references(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for (key, quoted) in &self.references {
                let more: Vec<String> =
                    quoted.iter().filter_map(|other| self.messages.get(other)).flat_map(|other| other.variables.clone()).collect();
                let Some(message) = self.messages.get_mut(key) else { continue };
                for variable in more {
                    if !message.variables.contains(&variable) {
                        message.variables.push(variable);
                        changed = true;
                    }
                }
            }
        }
    }
}

/// Gathers what a pattern holds.
#[derive(Default)]
struct Walk {
    variables: Vec<String>,
    references: Vec<String>,
    text: String,
}

impl Walk {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                let mut before = std::mem::take(&mut self.text);
                self.inline(selector);
                let mut shown = String::new();
                for variant in variants {
                    self.text.clear();
                    self.pattern(&variant.value);
                    if variant.default {
                        shown.clone_from(&self.text);
                    }
                }
                before.push_str(&shown);
                self.text = before;
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => self.text.push_str(value),
            InlineExpression::VariableReference { id } => {
                if !self.variables.iter().any(|known| known == id.name) {
                    self.variables.push(id.name.to_owned());
                }
                self.text.push_str(id.name);
            }
            InlineExpression::MessageReference { id, attribute } => {
                let key = attribute.as_ref().map_or_else(|| id.name.to_owned(), |attribute| format!("{}.{}", id.name, attribute.name));
                self.text.push_str(&key);
                self.references.push(key);
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::TermReference { id, arguments, .. } => {
                self.text.push_str(id.name);
                if let Some(arguments) = arguments {
                    self.arguments(arguments);
                }
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        arguments.positional.iter().chain(arguments.named.iter().map(|named| &named.value)).for_each(|value| self.inline(value));
    }
}
