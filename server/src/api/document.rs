//! What every operation of the API has in common, said once: how one is known, and how a refusal looks.

use crate::problem::{MEDIA_TYPE, ProblemBody};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ContentBuilder, Header, Object, OpenApi, Ref, RefOr, ResponseBuilder, Type,
        path::Operation,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};

/// What holds for all operations.
const ABOUT: &str = "The scheduler of a protocol office.\n\n\
    Instants are RFC 3339 with offset; what was agreed is a wall time with its zone, and with its offset where it exists twice. A \
    single thing bears its version as `ETag`; a change names it in `If-Match`. A thing is made once for each `Idempotency-Key`. Lists \
    page by the cursor in `next`. Each account, or each network of who is not signed in, may ask so often, 600 times a minute \
    unless the office sets it otherwise, and is then answered 429.";

/// The header of a refusal that will pass.
const RETRY_AFTER: &str = "Retry-After";

/// The refusals that any operation may answer with (RFC 9110, 15.5 and 15.6; RFC 6585).
const REFUSALS: [(&str, &str); 15] = [
    ("400", "The request can't be read."),
    ("401", "Nobody is signed in."),
    ("403", "Not allowed."),
    ("404", "There is no such thing, or none that the requester may know of."),
    ("405", "The address does not take the method."),
    ("409", "Something needed is taken; what is free nearest is given."),
    ("412", "The thing changed since it was seen."),
    ("413", "Too large."),
    ("415", "The address does not take this kind of content."),
    ("421", "No office is reached under the name in `Host`."),
    ("422", "Something given is wrong, field by field."),
    ("428", "The version seen must be given in `If-Match`."),
    ("429", "Too many requests; `Retry-After` says when to come again."),
    ("500", "A fault of the office's program; its reference is in the log."),
    ("503", "The database does not answer; `Retry-After` says when to come again."),
];

/// The description with all that goes without saying said.
pub(super) fn finished(mut description: OpenApi) -> OpenApi {
    description.info.title = "Chancery".into();
    description.info.description = Some(ABOUT.into());
    // What describes the API is the office's, not the maker's of the library that writes it down.
    description.info.contact = None;
    env!("CARGO_PKG_VERSION").clone_into(&mut description.info.version);
    let components = description.components.get_or_insert_default();
    components.schemas.insert(ProblemBody::name().into_owned(), ProblemBody::schema());
    let mut schemas = Vec::new();
    ProblemBody::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let cookie = ApiKeyValue::with_description("chancery", "The session's cookie; over HTTPS its name is `__Host-chancery`.");
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    components.add_security_scheme("token", SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build()));
    description.security = Some(vec![SecurityRequirement::new("session", [""; 0]), SecurityRequirement::new("token", [""; 0])]);
    for item in description.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.patch, &mut item.put, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            add_refusals(operation);
        }
    }
    description
}

fn add_refusals(operation: &mut Operation) {
    for (status, says) in REFUSALS {
        let content = ContentBuilder::new().schema(Some(RefOr::Ref(Ref::from_schema_name(ProblemBody::name())))).build();
        let mut response = ResponseBuilder::new().description(says).content(MEDIA_TYPE, content);
        if says.contains(RETRY_AFTER) {
            let mut seconds = Header::new(Object::with_type(Type::Integer));
            seconds.description = Some("After how many seconds to come again (RFC 9110, 10.2.3).".into());
            response = response.header(RETRY_AFTER, seconds);
        }
        operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response.build()));
    }
}
