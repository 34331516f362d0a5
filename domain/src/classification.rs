//! Texts that bear a national classification do not belong here, and are refused.
//!
//! A marking of this program is no national classification, and a host that keeps classified text keeps it elsewhere. What
//! is looked for is the *form* of a label, never the word: the Secret Service is a guest. The forms are
//! - the **banner line**, which says the level and controls and nothing else ("TOP SECRET//SI//NOFORN", "GEHEIM");
//! - the **portion mark** at the head of a paragraph ("(S)", "(TS//NF)");
//! - the **label field** ("Classification: Secret", "Declassify on: 20361124").
//!
//! The levels are SECRET and above, of the United States (Executive Order 13526; 32 CFR 2001.20 to 2001.26), NATO, the
//! European Union and its members (Council Decision 2013/488/EU, appendix B), the United Kingdom and some others. A level
//! below counts where only a classified text has that form: "CONFIDENTIAL//NOFORN", but not "CONFIDENTIAL", which many an
//! ordinary letter says.

use unicode_normalization::UnicodeNormalization;

/// Levels that stand in a banner or a label field, in capitals, without what goes before or after.
const LEVELS: &[&str] = &[
    // United States, United Kingdom, NATO, the European Union.
    "TOP SECRET",
    "SECRET",
    "TRES SECRET",
    "TRES SECRET UE",
    "SECRET UE",
    // France.
    "TRES SECRET DEFENSE",
    "SECRET DEFENSE",
    // Germany, Austria, Switzerland, the Netherlands, Belgium.
    "STRENG GEHEIM",
    "GEHEIM",
    "STG. ZEER GEHEIM",
    "STG. GEHEIM",
    "ZEER GEHEIM",
    // Italy, Spain, Portugal, Brazil, Romania.
    "SEGRETISSIMO",
    "SEGRETO",
    "SECRETO",
    "MUITO SECRETO",
    "ULTRASSECRETO",
    "STRICT SECRET",
    // Poland, Czechia, Slovakia, Hungary.
    "SCISLE TAJNE",
    "TAJNE",
    "PRISNE TAJNE",
    "SZIGORUAN TITKOS",
    // Denmark, Sweden, Finland.
    "YDERST HEMMELIGT",
    "HEMLIG",
    "KVALIFICERAT HEMLIG",
    "ERITTAIN SALAINEN",
    // Russia, Ukraine, Bulgaria. The short i comes apart from its breve with the other accents.
    "ОСОБОИ ВАЖНОСТИ",
    "СОВЕРШЕННО СЕКРЕТНО",
    "СЕКРЕТНО",
    "ЦІЛКОМ ТАЄМНО",
    "СТРОГО СЕКРЕТНО",
    // Turkey.
    "COK GIZLI",
    // Vietnam.
    "TUYET MAT",
    "TOI MAT",
    // China, Japan.
    "绝密",
    "絕密",
    "机密",
    "機密",
    "極秘",
    "特定秘密",
];

/// Whose level it is, where that is said before it.
const OWNERS: &[&str] = &["US", "U.S.", "USA", "UK", "NATO", "COSMIC", "EU", "UE", "AUS", "CAN", "NZ", "GBR", "VS", "OTAN"];

/// What may follow a level in its banner without a double stroke.
const CONTROLS: &[&str] = &[
    "NOFORN",
    "NF",
    "ORCON",
    "OC",
    "RELIDO",
    "PROPIN",
    "IMCON",
    "SI",
    "TK",
    "HCS",
    "SAP",
    "SAR",
    "RD",
    "FRD",
    "CNWDI",
    "FGI",
    "EXDIS",
    "NODIS",
    "LIMDIS",
    "ATOMAL",
    "BOHEMIA",
    "CRYPTO",
    "COMINT",
    "SENSITIVE",
    "EYES",
    "ONLY",
    "UK",
    "US",
    "EU",
    "UE",
    "NATO",
    "USA",
    "FVEY",
    "REL",
    "TO",
    "SECRET",
    "TOP",
    "PAGE",
    "OF",
    "SECTION",
];

/// Controls that follow a one-letter level in a portion mark.
const PORTION_CONTROLS: &[&str] =
    &["NF", "NOFORN", "REL", "RELIDO", "SI", "TK", "HCS", "OC", "ORCON", "PR", "PROPIN", "FGI", "RD", "FRD", "IMC", "SAR", "FISA", "DSEN"];

/// Names of the field that says the classification, in capitals and without accents.
const FIELDS: &[&str] = &[
    "CLASSIFICATION",
    "CLASSIFICATION LEVEL",
    "OVERALL CLASSIFICATION",
    "SECURITY CLASSIFICATION",
    "DOCUMENT CLASSIFICATION",
    "CLASSIFIED",
    "CLASSIFICATION DE SECURITE",
    "NIVEAU DE CLASSIFICATION",
    "EINSTUFUNG",
    "VS-EINSTUFUNG",
    "GEHEIMHALTUNGSGRAD",
    "CLASIFICACION",
    "CLASIFICACION DE SEGURIDAD",
    "GRADO DE CLASIFICACION",
    "CLASSIFICA",
    "CLASSIFICACAO",
    "GRAU DE SIGILO",
    "RUBRICERING",
    "ГРИФ",
    "ГРИФ СЕКРЕТНОСТИ",
    "DO MAT",
    "密级",
    "密級",
];

/// Fields of the block that says who classified a text and for how long (32 CFR 2001.21): only classified texts have them.
const AUTHORITY: &[&str] = &["CLASSIFIED BY", "DERIVATIVELY CLASSIFIED BY", "DECLASSIFY ON", "DECL ON", "DECLASSIFICATION DATE"];

/// Whether the text bears a label of a national classification of SECRET or above.
///
/// Nothing of a text that does is to be kept.
pub fn bears_national_classification(text: &str) -> bool {
    normalised(text).lines().any(|line| {
        let line = Line::new(line);
        line.is_banner() || line.is_label_field() || line.bears_portion_mark() || line.bears_stroked_level()
    })
}

/// Compatibility forms made plain (full-width letters and strokes among them), invisible characters taken out, spaces made
/// one kind. Accents are set apart from their letters and dropped, so that "TRÈS" is "TRES".
fn normalised(text: &str) -> String {
    text.nfkd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .filter_map(|letter| match letter {
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => None,
            '\u{2028}' | '\u{2029}' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\r' => Some('\n'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
            '\u{2044}' | '\u{2215}' => Some('/'),
            '\n' => Some('\n'),
            letter if letter.is_whitespace() => Some(' '),
            // A letter of its own, not a D with a mark.
            'Đ' => Some('D'),
            'đ' => Some('d'),
            'Ł' => Some('L'),
            'ł' => Some('l'),
            letter => Some(letter),
        })
        .collect()
}

struct Line {
    /// As written, single-spaced.
    text: String,
    /// The same in capitals.
    capitals: String,
}

impl Line {
    fn new(line: &str) -> Self {
        let words: Vec<&str> = line.split_whitespace().collect();
        let spelt_out = words.len() >= 6 && words.iter().all(|word| word.chars().count() == 1);
        let text = if spelt_out { words.concat() } else { words.join(" ") };
        Self { capitals: text.to_uppercase(), text }
    }

    /// The level and its controls, with nothing else in the line but ornament.
    ///
    /// A level of one word counts only in capitals: "Secret" may be the title of a play.
    fn is_banner(&self) -> bool {
        let ornament = |letter: char| !letter.is_alphanumeric() && letter != '(' && letter != ')' && letter != '/';
        let bare = |text: &str| {
            let text = text.trim_matches(ornament).trim();
            let unbracketed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
            unbracketed.trim_matches(|letter| ornament(letter) || letter == '/').trim().to_owned()
        };
        let (text, capitals) = (bare(&self.text), bare(&self.capitals));
        level_with_controls(&capitals).is_some_and(|level| level.contains(' ') || text.contains(level))
            || (text == capitals && is_spelt_out_level(&capitals))
    }

    /// A field that says the classification, with a level for its value, or a field that only classified texts have.
    fn is_label_field(&self) -> bool {
        let Some((name, value)) = self.capitals.split_once([':', '=']) else { return false };
        let name = name.trim_matches(|letter: char| !letter.is_alphanumeric());
        let value = value.trim_matches(|letter: char| !letter.is_alphanumeric());
        if value.is_empty() {
            return false;
        }
        AUTHORITY.contains(&name) || (FIELDS.contains(&name) && is_field_value(value))
    }

    /// A mark in brackets at the head of the line, of a list's point or after a heading, or one with strokes anywhere.
    fn bears_portion_mark(&self) -> bool {
        self.text.match_indices('(').any(|(start, _)| {
            let Some(end) = self.text[start..].find(')').map(|length| start + length) else { return false };
            let inside = self.text[start + 1..end].trim();
            let parted = self.text[end + 1..].chars().next().is_none_or(|next| !next.is_alphanumeric());
            is_stroked_portion(inside)
                || (matches!(inside, "TS" | "S") && parted && is_head(&self.text[..start]))
                || (inside == inside.to_uppercase() && LEVELS.contains(&inside))
        })
    }

    /// A level, in capitals, with a double stroke and a control after it, anywhere in the line.
    fn bears_stroked_level(&self) -> bool {
        let capital = |letter: char| letter.is_uppercase();
        self.text.match_indices("//").any(|(place, _)| {
            let before = self.text[..place].trim_end();
            let after: String = self.text[place + 2..].trim_start().chars().take_while(|letter| letter.is_alphanumeric()).collect();
            let said = after.chars().all(capital) && after.chars().count() >= 2;
            let ends_with = |level: &str| {
                before.strip_suffix(level).is_some_and(|rest| rest.chars().next_back().is_none_or(|last| !last.is_alphanumeric()))
            };
            let level = LEVELS.iter().any(|level| ends_with(level)) || ends_with("CONFIDENTIAL");
            let abbreviated = ["TS", "S", "C"].into_iter().any(ends_with) && PORTION_CONTROLS.contains(&after.as_str());
            said && (level || abbreviated)
        })
    }
}

/// "TOP SECRET", "NATO SECRET", "SECRET NOFORN", "SECRET - UK EYES ONLY", "SECRET UE/EU SECRET", "机密★10年".
fn is_level_with_controls(text: &str) -> bool {
    level_with_controls(text).is_some()
}

/// The level of such a text.
fn level_with_controls(text: &str) -> Option<&'static str> {
    let owned = OWNERS.iter().filter_map(|owner| text.strip_prefix(owner)?.strip_prefix([' ', '-']));
    std::iter::once(text)
        .chain(owned.map(str::trim_start))
        .find_map(|text| LEVELS.iter().copied().find(|level| text.strip_prefix(level).is_some_and(are_controls)))
}

fn are_controls(rest: &str) -> bool {
    if rest.starts_with('★') {
        return true;
    }
    if rest.starts_with(|letter: char| letter.is_alphanumeric()) {
        return false;
    }
    rest.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| CONTROLS.contains(&word) || is_page_number(word) || is_country(word, rest))
}

fn is_page_number(word: &str) -> bool {
    word.len() <= 3 && word.bytes().all(|letter| letter.is_ascii_digit())
}

/// Three letters of a country (ISO 3166-1 alpha-3), which follow "REL TO" alone.
fn is_country(word: &str, after_level: &str) -> bool {
    word.len() == 3 && word.bytes().all(|letter| letter.is_ascii_uppercase()) && after_level.contains("REL TO ")
}

/// A level written with its letters apart, as banners of telegrams are: "S E C R E T".
fn is_spelt_out_level(text: &str) -> bool {
    LEVELS.iter().any(|level| level.contains(' ') && level.chars().filter(|letter| *letter != ' ').eq(text.chars()))
}

/// A level, its abbreviation, or either with something after a stroke, a bracket, a comma or a full stop.
fn is_field_value(value: &str) -> bool {
    let said = value.split("//").next().unwrap_or(value);
    let said = said.split([',', ';', '.', '(']).next().unwrap_or(said).trim();
    matches!(said, "TS" | "S") || is_level_with_controls(said)
}

/// Level and controls of a portion mark with strokes: "S//NF", "TS//SI//NF", "S//REL TO USA, GBR", "//NS", "S/NF".
fn is_stroked_portion(inside: &str) -> bool {
    if inside.chars().any(char::is_lowercase) {
        return false;
    }
    let mut parts = inside.split('/').map(str::trim);
    let first = parts.next().unwrap_or_default();
    let control = parts.find(|part| !part.is_empty()).and_then(|part| part.split([' ', ',', '-']).next()).unwrap_or_default();
    match first {
        "TS" | "S" | "C" | "TOP SECRET" | "SECRET" | "CONFIDENTIAL" => PORTION_CONTROLS.contains(&control),
        // A foreign government's or NATO's: two strokes, then the level (32 CFR 2001.24).
        "" => matches!(control, "NS" | "CTS" | "NSAT" | "CTSA"),
        _ => false,
    }
}

/// Whether nothing stands before but ornament, a list's number or letter, or a heading that ends in a colon.
fn is_head(before: &str) -> bool {
    let before = before.trim();
    if before.is_empty() || before.ends_with(':') {
        return true;
    }
    let point = before.trim_matches(|letter: char| !letter.is_alphanumeric());
    let ended = before.ends_with(|letter: char| !letter.is_alphanumeric());
    point.is_empty() || (ended && point.chars().count() <= 4 && !point.contains(' ') && is_numbering(point, before))
}

/// "1.", "12)", "3.1.", "a.", "(a)", "A.", "iv."; a capital in brackets is rather a mark itself.
fn is_numbering(point: &str, before: &str) -> bool {
    point.chars().all(|letter| letter.is_ascii_digit() || letter == '.')
        || (point.chars().count() == 1 && (point != point.to_uppercase() || !before.starts_with('(')))
        || point.chars().all(|letter| "ivxIVX".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::bears_national_classification;
    use proptest::prelude::*;

    const BEARING: &[&str] = &[
        // Banner lines.
        "SECRET",
        "TOP SECRET",
        "Top Secret",
        "  *** SECRET ***  ",
        "[SECRET]",
        "(TOP SECRET)",
        "— SECRET —",
        "== TOP SECRET ==",
        "SECRET//NOFORN",
        "SECRET // NOFORN",
        "TOP SECRET//SI/TK//NOFORN",
        "SECRET//REL TO USA, GBR",
        "SECRET REL TO USA, GBR",
        "TS//SI//NF",
        "SECRET NOFORN",
        "SECRET/NOFORN",
        "SECRET - UK EYES ONLY",
        "UK SECRET",
        "UK TOP SECRET",
        "NATO SECRET",
        "COSMIC TOP SECRET",
        "USA SECRET",
        "NATO SECRET ATOMAL",
        "//NATO SECRET//",
        "SECRET UE/EU SECRET",
        "TRÈS SECRET UE/EU TOP SECRET",
        "SECRET DÉFENSE",
        "Très secret défense",
        "STRENG GEHEIM",
        "VS-GEHEIM",
        "GEHEIM",
        "Stg. GEHEIM",
        "SEGRETISSIMO",
        "SECRETO",
        "ŚCIŚLE TAJNE",
        "СОВЕРШЕННО СЕКРЕТНО",
        "ОСОБОЙ ВАЖНОСТИ",
        "СЕКРЕТНО",
        "TUYỆT MẬT",
        "Tối mật",
        "绝密",
        "机密★10年",
        "極秘",
        "S E C R E T",
        "T O P  S E C R E T",
        "SECRET Page 1 of 3",
        "CONFIDENTIAL//NOFORN",
        "S\u{200B}ECRET",
        "ＳＥＣＲＥＴ／／ＮＯＦＯＲＮ",
        "SECRET\u{00A0}//\u{00A0}NOFORN",
        // A banner above or below an ordinary text.
        "SECRET\n\nThe motorcade leaves by gate 4.",
        "The motorcade leaves by gate 4.\r\nTOP SECRET\r\n",
        "First page\u{000C}SECRET\u{000C}Second page",
        // Portion marks.
        "(S) The route is by the river.",
        "(TS) The route is by the river.",
        "(S//NF) The route is by the river.",
        "(TS//SI//NF) The route is by the river.",
        "The route (S//NF) is by the river.",
        "(S//REL TO USA, GBR) The route is by the river.",
        "(S/NF) The route is by the river.",
        "(C//NF) The route is by the river.",
        "(//NS) The route is by the river.",
        "1. (S) The route is by the river.",
        "A. (S) The route is by the river.",
        "a. (TS) The route is by the river.",
        "- (S) The route is by the river.",
        "3.1 (S) no, 3.1. (S) The route.\n3.1. (S) The route.",
        "Subject: (S) Route of the motorcade",
        "Route of the motorcade (SECRET)",
        "Route of the motorcade (TOP SECRET)",
        // Label fields.
        "Classification: SECRET",
        "classification: secret",
        "Classification: Top Secret",
        "CLASSIFICATION = TS",
        "Classification: S//NF",
        "Classification: SECRET//NOFORN",
        "Security classification: NATO SECRET",
        "Overall classification: Secret (until 2036)",
        "**Classification:** Secret",
        "Classification de sécurité : secret défense",
        "Einstufung: geheim",
        "Clasificación: Secreto",
        "Độ mật: Tối mật",
        "密级：机密",
        "Classified by: J. Smith, Director",
        "Derived text\nDeclassify on: 20361124",
    ];

    const PLAIN: &[&str] = &[
        "",
        "Secret Service advance team arrives 07:30.",
        "SECRET SERVICE",
        "US SECRET SERVICE",
        "U.S. Secret Service",
        "SECRET SERVICE // LAPD BRIEFING",
        "USSS/LAPD/CHP",
        "Agents of the United States Secret Service sweep the room.",
        "The secret of a good dinner is the seating.",
        "Secret",
        "Secret to US only",
        "The Secret Garden",
        "THE SECRET GARDEN",
        "TOP SECRET RECIPES OF THE CHEF",
        "A top secret guest will speak.",
        "Secret Santa, staff only",
        "Secretary of State",
        "SECRETARY",
        "SECRETARY GENERAL//DELEGATION",
        "Secretariat (S)",
        "Shirts: 12 (M), 4 (S)",
        "Terminal (S)",
        "guest(s) of the mayor",
        "(s) for small",
        "(SE) exit",
        "(S1) Stairs",
        "(S)ervice lift",
        "Tom Smith (TS) interprets.",
        "(secret) ballot",
        "The ballot is secret.",
        "secret//cupboard",
        "https://secret.example/SECRET",
        "http://www.secretservice.gov/TS//x",
        "TLP:RED",
        "TLP:AMBER+STRICT",
        "Classification: TLP:RED",
        "Classification: state visit",
        "Classification: unclassified",
        "Classification: Secret Service liaison",
        "Classification: senior",
        "UNCLASSIFIED",
        "CONFIDENTIAL",
        "Strictly confidential",
        "Private and confidential",
        "In confidence: the mayor is late.",
        "Classified advertisements by noon",
        "Declassified papers: exhibition in the lobby",
        "Geheimtipp: das Café am Markt",
        "Il segreto di Susanna, opera in un atto",
        "Voto secreto",
        "El secreto de sus ojos",
        "机密文件展览",
        "Mật ong (honey) as a gift",
        "CHIEF OF PROTOCOL\nMOTORCADE\nPRESS",
        "S/NF",
        "Room (C) 12/14",
        "Lift A//B",
        "PARK // RIDE",
        "Note: Secret Service needs a room",
        "(R) (S) (T)",
        "A B C D E F G",
    ];

    #[test]
    fn labels_are_recognised() {
        for text in BEARING {
            assert!(bears_national_classification(text), "{text:?}");
        }
    }

    #[test]
    fn words_are_not_labels() {
        for text in PLAIN {
            assert!(!bears_national_classification(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_text_gets_an_answer(text in any::<String>()) {
            bears_national_classification(&text);
        }

        #[test]
        fn a_label_is_found_in_whatever_text_it_stands(
            label in prop::sample::select(BEARING),
            before in "[a-z ,.]{0,40}",
            after in "[a-z ,.]{0,40}",
        ) {
            let text = format!("{before}\n{label}\n{after}");
            prop_assert!(bears_national_classification(&text));
        }
    }
}
