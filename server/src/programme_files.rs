//! Programmes as files: one chosen on a page to be imported, and one to take away.

use crate::{
    AppState,
    problem::{Cause, Problem},
    requester::{Authenticated, CurrentSession},
    uploads::{self, FILE, Upload, csv_to_keep},
};
use app::{
    forms::{FormFields, Notice, NoticeLevel, Refusal, Typed},
    programme::ChooseFileForm,
    words::words_of_file_problem,
};
use axum::{
    Router,
    extract::Path,
    response::{Redirect, Response},
    routing::{get, post},
};
use backend::{
    Failure,
    programme::{export::export_programme, import::preview_import},
};
use domain::{ids::VisitId, imports::ImportRefusal, problems::FieldProblem};
use language::{Locale, Words};

/// The routes of a programme's files. Choosing one posts to the page that shows what it would do.
pub fn router() -> Router<AppState> {
    Router::new().route("/visits/{id}/import", post(choose_programme)).route("/visits/{id}/programme.csv", get(programme_as_file))
}

fn visit_of(text: &str) -> Result<VisitId, Problem> {
    // An address with an identifier that is none leads to nothing.
    text.parse().map_err(|_| Failure::NotFound.into())
}

/// Takes a file, and leads on to the preview of what it would do; one that can't be read as a whole leads back to the form.
async fn choose_programme(
    Authenticated(context): Authenticated,
    CurrentSession(signed_in): CurrentSession,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Redirect, Problem> {
    let visit = visit_of(&id)?;
    let page = format!("/visits/{visit}/import");
    let refusal = |problems: Vec<FieldProblem>, notices: Vec<Notice>| Refusal {
        form: ChooseFileForm::NAME.to_owned(),
        problems,
        notices,
        typed: Typed::default().with("id", visit.to_string()),
        newer: None,
        trouble: None,
    };
    let file = match upload.file() {
        Ok(file) => file,
        Err(problems) => return uploads::refused(&context, &signed_in, &page, &refusal(problems, Vec::new())).await,
    };
    let kept = match preview_import(&context, visit, file).await {
        Ok(_) => uploads::keep(&context, &signed_in, file).await,
        Err(failure) => Err(failure.into()),
    };
    match kept {
        Ok(kept) => Ok(Redirect::to(&format!("{page}?{FILE}={kept}"))),
        Err(problem) => match problem.cause() {
            Cause::Failure(Failure::Import(ImportRefusal::File { problem })) => {
                let says = words_of_file_problem(Words::new(Locale::English), problem);
                let notice = Notice::new(NoticeLevel::Block, says);
                uploads::refused(&context, &signed_in, &page, &refusal(Vec::new(), vec![notice])).await
            }
            _ => Err(problem),
        },
    }
}

/// The live programme as a file, with what its reader may have in one.
async fn programme_as_file(Authenticated(context): Authenticated, Path(id): Path<String>) -> Result<Response, Problem> {
    csv_to_keep("programme.csv", export_programme(&context, visit_of(&id)?).await?)
}
