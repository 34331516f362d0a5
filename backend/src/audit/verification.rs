//! Verifying the record: every entry from the first, against what is known of it from outside.

use super::{
    chain::{BrokenAt, EntryHash, KnownPoint, VerifiedHead, Verifier},
    checkpoint::{Checkpoint, SignedCheckpoint},
    store,
};
use crate::{
    context::RequestContext,
    error::Outcome,
    permits::{ReadAudit, authorise},
};
use domain::permission::Facts;

/// How many entries are read at a time.
const PAGE: i64 = 1_000;

/// What somebody knows of the record from outside the database.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Checkpoints from the log, a file or the mail. A log has those of all offices: what is signed and another's is passed over.
    pub checkpoints: Vec<SignedCheckpoint>,
    /// The hash of an entry that somebody wrote down as the record's head.
    pub head: Option<EntryHash>,
}

/// How a verification ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotVerified {
    /// The record is broken.
    #[error(transparent)]
    Broken(#[from] BrokenAt),
    /// An entry can't even be read.
    #[error("the record is broken: the entry after {after} can't be read")]
    Unreadable {
        /// The last entry that can.
        after: u64,
    },
    /// A checkpoint that is kept beside the record was not signed by this deployment's key, or is another office's.
    #[error("checkpoint {place} of those kept beside the record was not signed by this key, was changed, or is another office's")]
    StrangeCheckpoint {
        /// Which, counted from 1.
        place: usize,
    },
    /// A checkpoint that was given was not signed by this deployment's key.
    #[error("a checkpoint that was given was not signed by this key, or was changed")]
    StrangeGiven {
        /// Which of [`Known::checkpoints`].
        index: usize,
    },
    /// No entry has the hash that was written down.
    #[error("no entry has the head that was given: the record was written anew or cut")]
    HeadUnknown,
}

/// A record found whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Its end.
    pub head: VerifiedHead,
    /// How many checkpoints it was compared with.
    pub checkpoints: usize,
}

/// Verifies the office's record: each entry's hash and place, the checkpoints kept beside it, and what is known from outside.
///
/// # Errors
/// When the actor may not read the record, or the database refuses. That the record is broken is the inner error.
pub async fn verify_record(context: &RequestContext, known: &Known) -> Outcome<Result<Verified, NotVerified>> {
    authorise::<ReadAudit>(context, Facts::NONE)?;
    let mut connection = context.read().await?;
    let lines = store::checkpoints(context, &mut connection).await?;
    let points = match points(context, &lines, known) {
        Ok(points) => points,
        Err(strange) => return Ok(Err(strange)),
    };
    let checkpoints = points.len();
    let mut verifier = match Verifier::new(context.office_id(), points) {
        Ok(verifier) => verifier,
        Err(broken) => return Ok(Err(broken.into())),
    };
    let mut head_found = known.head.is_none_or(|head| head == EntryHash::before_first(context.office_id()));
    let mut last = 0;
    loop {
        let page = store::after(context, &mut connection, last, PAGE).await?;
        let is_last = (page.len() as i64) < PAGE;
        for entry in page {
            let Some(entry) = entry else { return Ok(Err(NotVerified::Unreadable { after: last })) };
            if let Err(broken) = verifier.take(&entry) {
                return Ok(Err(broken.into()));
            }
            head_found |= known.head == Some(entry.hash);
            last = entry.fields.sequence;
        }
        if is_last {
            break;
        }
    }
    Ok(match verifier.finish() {
        Err(broken) => Err(broken.into()),
        Ok(_) if !head_found => Err(NotVerified::HeadUnknown),
        Ok(head) => Ok(Verified { head, checkpoints }),
    })
}

fn points(context: &RequestContext, lines: &[String], known: &Known) -> Result<Vec<KnownPoint>, NotVerified> {
    let public = context.chancery().keys.signing().public();
    let is_own = |checkpoint: &Checkpoint| checkpoint.office() == context.office_id();
    let mut points = Vec::new();
    for (place, line) in (1..).zip(lines) {
        let verified = line.parse::<SignedCheckpoint>().ok().and_then(|signed| signed.verify(&public).ok());
        points.push(verified.filter(is_own).ok_or(NotVerified::StrangeCheckpoint { place })?.point());
    }
    for (index, signed) in known.checkpoints.iter().enumerate() {
        let checkpoint = signed.verify(&public).map_err(|_| NotVerified::StrangeGiven { index })?;
        points.extend(Some(checkpoint).filter(is_own).map(|checkpoint| checkpoint.point()));
    }
    Ok(points)
}
