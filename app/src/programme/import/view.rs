//! What the page of an import shows, and its two forms.

use crate::{forms::FormFields, visits::VisitHead};
use domain::{
    imports::FileProblem,
    marking::view::{Viewed, ViewedBy},
    programme::import::{ImportAction, ImportPreview},
};
use serde::{Deserialize, Serialize};

/// The page of an import.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportView {
    /// The visit.
    pub head: VisitHead,
    /// The file that was chosen, by the name under which it is kept, and what it is; none before one was.
    pub file: Option<(String, FileShown)>,
}

/// A file that was chosen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum FileShown {
    /// It is no longer kept.
    Lost,
    /// It can't be read at all.
    Refused(FileProblem),
    /// What it would do.
    Preview(ImportPreview),
}

impl Viewed for FileShown {
    fn viewed_by(&self) -> ViewedBy {
        match self {
            Self::Lost | Self::Refused(_) => ViewedBy::Anyone,
            Self::Preview(preview) => preview.rows.iter().fold(ViewedBy::Anyone, |whose, row| whose.and(row.view.viewed_by())),
        }
    }
}

impl Viewed for ImportView {
    fn viewed_by(&self) -> ViewedBy {
        let shown = self.file.as_ref().map_or(ViewedBy::Anyone, |(_, shown)| shown.viewed_by());
        self.head.viewed_by().and(shown)
    }
}

/// The form that chooses a file; the file itself goes to a route of the process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChooseFileForm {
    /// The visit.
    pub id: String,
}

impl FormFields for ChooseFileForm {
    const NAME: &'static str = "choose-file";
}

/// The form that imports a file that was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportForm {
    /// The visit.
    pub id: String,
    /// The name under which the file is kept.
    pub file: String,
}

impl FormFields for ImportForm {
    const NAME: &'static str = "import";
}

/// How many rows of a preview an import does something with.
pub(super) fn count_of(preview: &ImportPreview, action: ImportAction) -> usize {
    preview.rows.iter().filter(|row| row.action == action).count()
}

/// What an import did, as the address of the page it leads to says.
#[cfg(feature = "ssr")]
pub(super) fn report_in_address(report: &domain::imports::ImportReport) -> String {
    format!("added={}&changed={}&unchanged={}", report.added, report.changed, report.unchanged)
}
