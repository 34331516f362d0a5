//! Text written between tags where the framework writes what it is given.

/// Text as it may stand in a `title` or a `textarea` (HTML, 13.1.2.6): what could end the element or begin a character reference is
/// written as one.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The title of a window. The server's rendering of it into the head of a page is not escaped by the framework; a browser sets it as text.
pub(crate) fn window_title(title: String) -> String {
    if cfg!(feature = "hydrate") { title } else { escaped(&title) }
}
