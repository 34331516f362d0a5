//! Language tags in one field of a form.

/// The tags of a field, with commas, semicolons or spaces between them.
pub fn tags_of(field: &str) -> Vec<String> {
    field.split([',', ';', ' ']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
}
