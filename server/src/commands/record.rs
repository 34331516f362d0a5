//! `chancery verify-audit`.

use super::{CommandError, say};
use backend::{
    RequestContext,
    audit::{
        chain::EntryHash,
        verification::{Known, verify_record},
    },
};
use clap::Args;
use std::{fs, path::PathBuf};

/// What a checkpoint's line has in it, also in the middle of a line of the log.
const CHECKPOINT: &str = "chancery-checkpoint-";

#[derive(Debug, Args)]
pub(super) struct VerifyAudit {
    /// The hash of the head that somebody wrote down
    #[arg(long, value_name = "HASH")]
    head: Option<String>,
    /// A file with signed checkpoints, such as the log
    #[arg(long, value_name = "FILE")]
    checkpoints: Option<PathBuf>,
}

impl VerifyAudit {
    pub(super) async fn run(self, context: &RequestContext) -> Result<(), CommandError> {
        let head = self.head.as_deref().map(str::parse::<EntryHash>).transpose().map_err(|_| CommandError::WrongUse { what: "--head" })?;
        let checkpoints = match &self.checkpoints {
            None => Vec::new(),
            Some(file) => {
                let text = fs::read_to_string(file)?;
                let lines = text.lines().filter_map(|line| line.find(CHECKPOINT).map(|start| &line[start..]));
                // A log may say more behind it; a checkpoint has six words.
                let six = |line: &str| line.split_whitespace().take(6).collect::<Vec<_>>().join(" ").parse();
                lines.map(six).collect::<Result<_, _>>().map_err(|_| CommandError::WrongUse { what: "--checkpoints" })?
            }
        };
        let verified = verify_record(context, &Known { checkpoints, head }).await??;
        let head = verified.head;
        if head.times_went_back > 0 {
            tracing::warn!(entries = head.times_went_back, "entries bear an earlier time than the one before: a clock was set back");
        }
        say(format_args!("The record is whole: {} entries, {} checkpoints, head {}", head.sequence, verified.checkpoints, head.hash))
    }
}
