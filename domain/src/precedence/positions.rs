//! The positions that the rules of precedence know, with the dates that decide.

use crate::missions::{HeadOfPost, PostClass};
use chrono::{DateTime, NaiveDate, Utc};

/// A position as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// A head of state or government, or a minister.
    Office(OfficeHolder),
    /// A head of diplomatic mission.
    Mission(HeadOfMission),
    /// A head of consular post, or another consular officer.
    Post(ConsularOfficer),
    /// Any other: a trade commissioner, the head of an institute, a mayor.
    Other,
}

impl Position {
    /// The position among heads of state, heads of government and ministers, if it is one.
    pub fn office_holder(&self) -> Option<&OfficeHolder> {
        if let Self::Office(holder) = self { Some(holder) } else { None }
    }

    /// The position among heads of diplomatic mission, if it is one.
    pub fn head_of_mission(&self) -> Option<&HeadOfMission> {
        if let Self::Mission(head) = self { Some(head) } else { None }
    }

    /// The position among consular officers, if it is one.
    pub fn consular_officer(&self) -> Option<&ConsularOfficer> {
        if let Self::Post(officer) = self { Some(officer) } else { None }
    }
}

impl From<&HeadOfPost> for Position {
    /// The position of a mission's head as the office keeps it; without a consular class there is none among consuls.
    fn from(head: &HeadOfPost) -> Self {
        match (head.class, head.acting_since) {
            (Some(_), Some(since)) => Self::Post(ConsularOfficer::Acting { since: Some(since) }),
            (Some(class), None) => Self::Post(ConsularOfficer::Head {
                class,
                honorary: head.honorary,
                admission: Admission {
                    exequatur_on: head.exequatur_on,
                    provisional_on: head.provisional_on,
                    commission_on: head.commission_on,
                },
            }),
            (None, _) => Self::Other,
        }
    }
}

/// The rank of an office, the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OfficeRank {
    /// Head of state.
    HeadOfState,
    /// Head of government.
    HeadOfGovernment,
    /// Minister.
    Minister,
}

/// A head of state or government, or a minister.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHolder {
    /// Rank.
    pub rank: OfficeRank,
    /// Date of taking office, on the state's own calendar day.
    pub took_office_on: Option<NaiveDate>,
}

/// The classes of heads of mission, the highest first (Vienna Convention on Diplomatic Relations, art. 14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MissionClass {
    /// Ambassador or nuncio accredited to heads of state, or head of equal rank.
    AmbassadorOrNuncio,
    /// Envoy, minister or internuncio accredited to heads of state.
    EnvoyOrMinister,
    /// Chargé d'affaires accredited to ministers for foreign affairs (en titre).
    ChargeDAffaires,
}

/// A head of diplomatic mission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadOfMission {
    /// In title.
    InTitle {
        /// Class.
        class: MissionClass,
        /// Date and time of taking up functions (art. 13); a later change of credentials within the class leaves it (art. 16, paragraph 2).
        functions_at: Option<DateTime<Utc>>,
        /// Whether the representative of the Holy See.
        holy_see: bool,
    },
    /// Chargé d'affaires ad interim (art. 19): after all heads in title.
    AdInterim {
        /// Since when in charge.
        since: Option<DateTime<Utc>>,
    },
}

/// The dates of a consular head's admission (Vienna Convention on Consular Relations, art. 11 to 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Admission {
    /// Date of the exequatur (art. 12).
    pub exequatur_on: Option<NaiveDate>,
    /// Date of provisional admission (art. 13).
    pub provisional_on: Option<NaiveDate>,
    /// Date the commission or like instrument was presented (art. 11).
    pub commission_on: Option<NaiveDate>,
}

impl Admission {
    /// The date precedence counts from: that of provisional admission, kept after the exequatur (art. 16, paragraphs 1 and 2).
    pub fn counts_from(&self) -> Option<NaiveDate> {
        self.provisional_on.into_iter().chain(self.exequatur_on).min()
    }
}

/// A consular officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsularOfficer {
    /// Head of post.
    Head {
        /// Class (art. 9).
        class: PostClass,
        /// Whether honorary (art. 58 and 68).
        honorary: bool,
        /// The dates that decide within the class.
        admission: Admission,
    },
    /// Acting head of post (art. 15): after all heads, whatever the class.
    Acting {
        /// Since when, as it was notified.
        since: Option<NaiveDate>,
    },
    /// A consular officer who is not head of a post.
    Officer {
        /// Class.
        class: PostClass,
        /// Whether honorary.
        honorary: bool,
    },
}
