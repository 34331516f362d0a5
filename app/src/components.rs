//! Our own small components over native elements: inputs, `<dialog>`, `<details>`.

pub mod box_group;
pub mod button;
pub mod clocks;
pub mod dialog;
pub mod entries;
pub(crate) mod escaped;
pub mod field;
pub mod form_sheet;
pub mod icon;
pub mod marking;
pub mod markup;
pub mod newer;
pub mod notice;
pub mod page_head;
pub mod parts;
pub mod qr;
pub mod text_area;

pub use box_group::BoxGroup;
pub use button::{Button, Weight};
pub use clocks::{OtherClock, TimeShown, TwoClocks};
pub use dialog::{Dialog, DialogOpener};
pub use entries::Entries;
pub use field::{Checkbox, Choice, Field, FileField, Hidden, Radios, Select};
pub use form_sheet::{FormSheet, FormState, ProblemSummary, QuerySheet, UploadSheet};
pub use icon::{Icon, Symbol};
pub use marking::{Banner, MarkingTag};
pub use markup::Markup;
pub use notice::{ClashNotice, StandingNotice};
pub use page_head::PageHead;
pub use parts::{Chip, Empty, Fact, Facts, Tab, Tabs, Tone};
pub use qr::{QrCode, QrView};
pub use text_area::TextArea;

#[cfg(all(test, feature = "ssr"))]
mod tests;
