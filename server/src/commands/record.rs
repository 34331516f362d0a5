//! `chancery verify-audit`.

use super::{CommandError, say};
use backend::{
    RequestContext,
    audit::{
        chain::EntryHash,
        checkpoint::{NotACheckpoint, SignedCheckpoint},
        verification::{Known, NotVerified, verify_record},
    },
};
use clap::Args;
use serde_json::Value;
use std::{borrow::Cow, fs, path::PathBuf};

/// What a checkpoint's line has in it, also in the middle of a line of the log.
const CHECKPOINT: &str = "chancery-checkpoint-";

#[derive(Debug, Args)]
pub(super) struct VerifyAudit {
    /// The hash of the head that somebody wrote down
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// A file with signed checkpoints, such as the log, as text or as JSON
    #[arg(long, value_name = "FILE")]
    checkpoints: Option<PathBuf>,
}

impl VerifyAudit {
    pub(super) async fn run(self, context: &RequestContext) -> Result<(), CommandError> {
        let head = self.head.as_deref().map(str::parse::<EntryHash>).transpose().map_err(|_| CommandError::WrongUse { what: "--head" })?;
        let given = match &self.checkpoints {
            None => Vec::new(),
            Some(file) => checkpoints_in(&fs::read_to_string(file)?)?,
        };
        let checkpoints = given.iter().map(|(_, checkpoint)| *checkpoint).collect();
        let verified = verify_record(context, &Known { checkpoints, head }).await?.map_err(|refused| match refused {
            NotVerified::StrangeGiven { index } => CommandError::StrangeCheckpoint { line: given[index].0 },
            other => other.into(),
        })?;
        let head = verified.head;
        if head.times_went_back > 0 {
            tracing::warn!(entries = head.times_went_back, "entries bear an earlier time than the one before: a clock was set back");
        }
        say(format_args!("The record is whole: {} entries, {} checkpoints, head {}", head.sequence, verified.checkpoints, head.hash))
    }
}

/// The checkpoints of a file, each with the number of its line.
fn checkpoints_in(text: &str) -> Result<Vec<(usize, SignedCheckpoint)>, CommandError> {
    let (mut read, mut bad) = (Vec::new(), Vec::new());
    for (number, line) in (1..).zip(text.lines()) {
        match checkpoint_in(line) {
            Some(Ok(checkpoint)) => read.push((number, checkpoint)),
            Some(Err(NotACheckpoint)) => bad.push(number.to_string()),
            None => {}
        }
    }
    if bad.is_empty() { Ok(read) } else { Err(CommandError::BadCheckpoints { lines: bad.join(", ") }) }
}

/// The checkpoint of a line, if there is one in it.
fn checkpoint_in(line: &str) -> Option<Result<SignedCheckpoint, NotACheckpoint>> {
    let said = said_in(line)?;
    let words = said.find(CHECKPOINT).map(|start| &said[start..])?;
    // A log may say more behind it; a checkpoint has six words.
    Some(words.split_whitespace().take(6).collect::<Vec<_>>().join(" ").parse())
}

/// What of a line has a checkpoint in it: of a JSON object, the text in which it stands, also where what keeps logs put the line as a text
/// into an object of its own; otherwise the line itself.
fn said_in(line: &str) -> Option<Cow<'_, str>> {
    if !line.contains(CHECKPOINT) {
        return None;
    }
    match serde_json::from_str::<Value>(line) {
        Ok(value) => text_in(&value).map(Cow::Owned),
        Err(_) => Some(Cow::Borrowed(line)),
    }
}

fn text_in(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => said_in(text).map(Cow::into_owned),
        Value::Array(values) => values.iter().find_map(text_in),
        Value::Object(fields) => fields.values().find_map(text_in),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
