//! The bytes of a content line (RFC 5545 section 3.1): escaped, folded, and never more than the one line it is.
//!
//! All text passes through [`ContentLine::put`], which lets no control character by: whatever a value holds, it can end
//! neither its line nor the property.

/// The longest line, in octets without its CRLF (RFC 5545 section 3.1).
const LONGEST_LINE: usize = 75;

/// Content lines one after the other.
#[derive(Debug, Default)]
pub(super) struct ContentLines {
    bytes: Vec<u8>,
}

impl ContentLines {
    /// Starts a line. Names are the program's own, never a reader's or writer's text.
    pub(super) fn line(&mut self, name: &'static str) -> ContentLine<'_> {
        let mut line = ContentLine { bytes: &mut self.bytes, column: 0 };
        line.put_all(name);
        line
    }

    /// Opens a component.
    pub(super) fn begin(&mut self, component: &'static str) {
        self.line("BEGIN").exact(component);
    }

    /// Closes a component.
    pub(super) fn end(&mut self, component: &'static str) {
        self.line("END").exact(component);
    }

    /// What was written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// A line that has its name and perhaps parameters, and waits for its value.
#[must_use = "a line without a value is not a line"]
pub(super) struct ContentLine<'a> {
    bytes: &'a mut Vec<u8>,
    column: usize,
}

impl ContentLine<'_> {
    /// A parameter whose value is a token of the standard or the name of a zone, which hold nothing to quote.
    pub(super) fn token(mut self, name: &'static str, value: &str) -> Self {
        self.put(";");
        self.put_all(name);
        self.put("=");
        self.put_all(value);
        self
    }

    /// A parameter whose value is free text: in quotes, a quote within as `^'` and a circumflex as `^^` (RFC 6868
    /// section 3.1). Line breaks become spaces: a name has none, and programs that do not know RFC 6868 would show `^n`.
    /// A blank value is left out with its parameter, for `""` is read as two quotes here and there.
    pub(super) fn quoted(mut self, name: &'static str, value: &str) -> Self {
        if pieces(value).all(|piece| matches!(piece, Piece::Break) || matches!(piece, Piece::Character(c) if c.is_whitespace())) {
            return self;
        }
        self.put(";");
        self.put_all(name);
        self.put("=");
        self.put("\"");
        for piece in pieces(value) {
            match piece {
                Piece::Break => self.put(" "),
                Piece::Character('"') => self.put("^'"),
                Piece::Character('^') => self.put("^^"),
                Piece::Character(other) => self.put_character(other),
            }
        }
        self.put("\"");
        self
    }

    /// A TEXT value (RFC 5545 section 3.3.11).
    pub(super) fn text(mut self, value: &str) {
        self.put(":");
        self.put_escaped(value);
        self.finish();
    }

    /// A list of TEXT values, separated by commas.
    pub(super) fn texts<'t>(mut self, values: impl Iterator<Item = &'t str>) {
        self.put(":");
        for (index, value) in values.enumerate() {
            if index > 0 {
                self.put(",");
            }
            self.put_escaped(value);
        }
        self.finish();
    }

    /// A value that is not TEXT: a date, a number, an address, a rule. Nothing in it is escaped.
    pub(super) fn exact(mut self, value: &str) {
        self.put(":");
        self.put_all(value);
        self.finish();
    }

    fn put_escaped(&mut self, value: &str) {
        for piece in pieces(value) {
            match piece {
                Piece::Break => self.put("\\n"),
                Piece::Character('\\') => self.put("\\\\"),
                Piece::Character(';') => self.put("\\;"),
                Piece::Character(',') => self.put("\\,"),
                Piece::Character(other) => self.put_character(other),
            }
        }
    }

    fn put_all(&mut self, value: &str) {
        for piece in pieces(value) {
            if let Piece::Character(character) = piece {
                self.put_character(character);
            }
        }
    }

    fn put_character(&mut self, character: char) {
        self.put(character.encode_utf8(&mut [0; 4]));
    }

    /// Writes what must stand together: one character, or an escape with what it escapes (Google's calendar drops an event
    /// whose escape is folded).
    fn put(&mut self, together: &str) {
        if self.column + together.len() > LONGEST_LINE {
            self.bytes.extend_from_slice(b"\r\n ");
            self.column = 1;
        }
        self.bytes.extend_from_slice(together.as_bytes());
        self.column += together.len();
    }

    fn finish(self) {
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// A part of a value, as far as its writing differs.
enum Piece {
    /// The end of a line in the value, however it was written.
    Break,
    /// Any other character that may be shown.
    Character(char),
}

/// The parts of a value: CRLF, CR, LF and what Unicode adds to them (NEL, LS, PS, at which some programs split a file
/// before they read it) are one break each; a tab is a space; other control characters are left out.
fn pieces(value: &str) -> impl Iterator<Item = Piece> {
    let mut characters = value.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            return match characters.next()? {
                '\r' => {
                    characters.next_if_eq(&'\n');
                    Some(Piece::Break)
                }
                '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Piece::Break),
                '\t' => Some(Piece::Character(' ')),
                hidden if hidden.is_control() => continue,
                shown => Some(Piece::Character(shown)),
            };
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl FnOnce(&mut ContentLines)) -> String {
        let mut lines = ContentLines::default();
        write(&mut lines);
        String::from_utf8(lines.into_bytes()).unwrap()
    }

    #[test]
    fn every_way_to_end_a_line_is_escaped_as_one() {
        let line = written(|lines| lines.line("SUMMARY").text("a\r\nb\rc\nd\u{2028}e\u{85}f\n\rg"));
        assert_eq!(line, "SUMMARY:a\\nb\\nc\\nd\\ne\\nf\\n\\ng\r\n");
    }

    #[test]
    fn what_separates_values_is_escaped() {
        assert_eq!(written(|lines| lines.line("X").text(r#"a;b,c\n"d":e"#)), "X:a\\;b\\,c\\\\n\"d\":e\r\n");
        assert_eq!(written(|lines| lines.line("X").texts(["a,b", "c"].into_iter())), "X:a\\,b,c\r\n");
    }

    #[test]
    fn a_parameter_is_quoted_and_holds_no_quote() {
        let line = written(|lines| lines.line("ORGANIZER").quoted("CN", "O\"H^;X:\r\nEND:VEVENT\0").exact("mailto:a@example.test"));
        assert_eq!(line, "ORGANIZER;CN=\"O^'H^^;X: END:VEVENT\":mailto:a@example.test\r\n");
        assert_eq!(written(|lines| lines.line("ORGANIZER").quoted("CN", " \n\0").exact("mailto:a")), "ORGANIZER:mailto:a\r\n");
    }

    #[test]
    fn an_escape_is_never_parted() {
        for shift in 0..3 {
            let line = written(|lines| lines.line("X").text(&format!("{}{}", "a".repeat(shift), "\\;,\n".repeat(60))));
            for part in line.split("\r\n ") {
                let slashes = part.trim_end().chars().rev().take_while(|c| *c == '\\').count();
                assert_eq!(slashes % 2, 0, "{part}");
            }
        }
    }

    /// Any characters, controls among them, and often those that mean something here.
    fn hostile_text() -> impl Strategy<Value = String> {
        let meaning =
            prop::sample::select(vec!['\r', '\n', '\\', ';', ',', ':', '"', '^', '\0', '\t', ' ', '\u{2028}', '\u{feff}', '🎌', 'ệ']);
        prop::collection::vec(prop_oneof![meaning, any::<char>()], 0..300).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn lines_are_short_and_unfold_to_what_was_written(value in hostile_text()) {
            let line = written(|lines| lines.line("SUMMARY").text(&value));
            prop_assert!(line.ends_with("\r\n"));
            let body = line.strip_suffix("\r\n").unwrap();
            for (index, part) in body.split("\r\n").enumerate() {
                prop_assert!(part.len() <= 75, "{} octets", part.len());
                prop_assert_eq!(part.starts_with(' '), index > 0);
            }
            let unfolded = body.replace("\r\n ", "");
            prop_assert!(!unfolded.chars().any(char::is_control));
            let mut expected = String::from("SUMMARY:");
            for piece in pieces(&value) {
                match piece {
                    Piece::Break => expected.push_str("\\n"),
                    Piece::Character(c) => {
                        if matches!(c, '\\' | ';' | ',') { expected.push('\\'); }
                        expected.push(c);
                    }
                }
            }
            prop_assert_eq!(unfolded, expected);
        }

        #[test]
        fn full_lines_are_filled(value in "[a-zA-ZàéộТ日🎌]{200,400}") {
            let line = written(|lines| lines.line("SUMMARY").text(&value));
            let parts: Vec<&str> = line.trim_end().split("\r\n").collect();
            for part in &parts[..parts.len() - 1] {
                prop_assert!(part.len() > 71, "no room is wasted but for a character of four octets");
            }
        }
    }
}
