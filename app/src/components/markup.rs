//! HTML written straight into one text, for a list of which a page may have thousands of parts: a board of five hundred rooms costs
//! several times as much as a tree of views, on the server and again when the browser goes through it.
//!
//! Names of tags and attributes are constants of the program. Everything else is escaped here, so that a text cannot become markup.

use leptos::prelude::*;

/// The inside of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Adds an element that has an end tag, with its attributes and what stands in it.
    pub fn element(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], within: impl FnOnce(&mut Self)) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        within(self);
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
    }

    /// Adds text, in an element or in an attribute: what could end either or begin a character reference is written as one (HTML,
    /// 13.1.2.3 and 13.1.3).
    pub fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            let (plain, special) = rest.split_at(at);
            self.0.push_str(plain);
            let mut letters = special.chars();
            self.0.push_str(match letters.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('"') => "&quot;",
                _ => "&#39;",
            });
            rest = letters.as_str();
        }
        self.0.push_str(rest);
    }

    /// The list in no order of which this is the inside.
    pub fn into_list(self, class: String) -> AnyView {
        view! { <ul class=class inner_html=self.0></ul> }.into_any()
    }

    /// The list in an order of which this is the inside.
    pub fn into_ordered_list(self) -> AnyView {
        view! { <ol inner_html=self.0></ol> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Markup)) -> String {
        let mut markup = Markup::default();
        write(&mut markup);
        markup.0
    }

    #[test]
    fn an_element_holds_its_attributes_and_what_is_in_it() {
        let html = written(|out| {
            out.element("li", &[("class", "row"), ("data-from", "7")], |out| out.element("b", &[], |out| out.text("Rotunda")));
        });
        assert_eq!(html, r#"<li class="row" data-from="7"><b>Rotunda</b></li>"#);
    }

    #[test]
    fn no_text_becomes_markup() {
        let hostile = "\"'></b><script>harmed=1</script> &lt; Hà Nội";
        let html = written(|out| out.element("b", &[("title", hostile)], |out| out.text(hostile)));
        let escaped = "&quot;&#39;&gt;&lt;/b&gt;&lt;script&gt;harmed=1&lt;/script&gt; &amp;lt; Hà Nội";
        assert_eq!(html, format!("<b title=\"{escaped}\">{escaped}</b>"));
        assert_eq!(html.matches(['<', '>']).count(), 4);
    }
}
