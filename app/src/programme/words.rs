//! What is said of lines.

use domain::{
    marking::view::{ItemView, ParticipantView},
    programme::{ItemKind, ItemPart, ItemState, PersonRole, PressAccess},
    rooms::Layout,
};
use language::Words;

/// What a kind of line is called.
pub fn kind_in_words(words: Words, kind: ItemKind) -> String {
    match kind {
        ItemKind::Arrival => words.programme_kind_arrival(),
        ItemKind::Departure => words.programme_kind_departure(),
        ItemKind::Movement => words.programme_kind_movement(),
        ItemKind::Ceremony => words.programme_kind_ceremony(),
        ItemKind::CourtesyCall => words.programme_kind_courtesy_call(),
        ItemKind::Bilateral => words.programme_kind_bilateral(),
        ItemKind::Plenary => words.programme_kind_plenary(),
        ItemKind::WorkingMeal => words.programme_kind_working_meal(),
        ItemKind::Banquet => words.programme_kind_banquet(),
        ItemKind::Reception => words.programme_kind_reception(),
        ItemKind::Signing => words.programme_kind_signing(),
        ItemKind::WreathLaying => words.programme_kind_wreath_laying(),
        ItemKind::Address => words.programme_kind_address(),
        ItemKind::Press => words.programme_kind_press(),
        ItemKind::SiteVisit => words.programme_kind_site_visit(),
        ItemKind::Cultural => words.programme_kind_cultural(),
        ItemKind::Religious => words.programme_kind_religious(),
        ItemKind::Sweep => words.programme_kind_sweep(),
        ItemKind::Advance => words.programme_kind_advance(),
        ItemKind::Hold => words.programme_kind_hold(),
        ItemKind::Rest => words.programme_kind_rest(),
        ItemKind::Overnight => words.programme_kind_overnight(),
    }
}

/// What a state of a line is called.
pub fn state_in_words(words: Words, state: ItemState) -> String {
    match state {
        ItemState::Wished => words.programme_state_wished(),
        ItemState::Held => words.programme_state_held(),
        ItemState::Firm => words.programme_state_firm(),
    }
}

/// Which press may be there.
pub fn press_in_words(words: Words, access: PressAccess) -> String {
    match access {
        PressAccess::Closed => words.programme_press_closed(),
        PressAccess::PoolSpray => words.programme_press_pool_spray(),
        PressAccess::Pool => words.programme_press_pool(),
        PressAccess::Full => words.programme_press_full(),
    }
}

/// As what somebody takes part.
pub fn role_in_words(words: Words, role: PersonRole) -> String {
    match role {
        PersonRole::Host => words.programme_role_host(),
        PersonRole::Guest => words.programme_role_guest(),
        PersonRole::Interpreter => words.programme_role_interpreter(),
        PersonRole::Notetaker => words.programme_role_notetaker(),
        PersonRole::Greeter => words.programme_role_greeter(),
        PersonRole::Press => words.programme_role_press(),
    }
}

/// Who takes part, those of one role together and in their order: “Elena Marchetti-Ruiz (host), Lục Trọng Tấn, Tạ Hữu Phước (guests)”.
pub fn people_in_words(words: Words, people: &[ParticipantView]) -> Option<String> {
    let groups = people.chunk_by(|one, next| one.role == next.role).map(|of_role| {
        let names: Vec<&str> = of_role.iter().map(|person| person.name.as_str()).collect();
        let (names, count) = (names.join(", "), of_role.len());
        match of_role.first().map_or(PersonRole::Guest, |person| person.role) {
            PersonRole::Host => words.programme_people_host(names, count),
            PersonRole::Guest => words.programme_people_guest(names, count),
            PersonRole::Interpreter => words.programme_people_interpreter(names, count),
            PersonRole::Notetaker => words.programme_people_notetaker(names, count),
            PersonRole::Greeter => words.programme_people_greeter(names, count),
            PersonRole::Press => words.programme_people_press(names),
        }
    });
    let said: Vec<String> = groups.collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// The press terms of a line, where anybody would ask: nobody expects a camera in a car or at night.
pub fn press_of_line(words: Words, item: &ItemView) -> Option<String> {
    let is_private = matches!(
        item.kind,
        Some(ItemKind::Movement | ItemKind::Rest | ItemKind::Overnight | ItemKind::Sweep | ItemKind::Advance | ItemKind::Hold)
    );
    let access = item.press.filter(|access| *access != PressAccess::Closed || !is_private)?;
    Some(press_in_words(words, access))
}

/// How a room is laid out.
pub fn layout_in_words(words: Words, layout: Layout) -> String {
    match layout {
        Layout::Theatre => words.programme_layout_theatre(),
        Layout::Classroom => words.programme_layout_classroom(),
        Layout::Boardroom => words.programme_layout_boardroom(),
        Layout::Banquet => words.programme_layout_banquet(),
        Layout::Cabaret => words.programme_layout_cabaret(),
        Layout::Reception => words.programme_layout_reception(),
    }
}

/// What a part of a line that bears a marking is called.
pub fn part_in_words(words: Words, part: ItemPart) -> String {
    match part {
        ItemPart::Existence => words.programme_part_existence(),
        ItemPart::Time => words.programme_part_time(),
        ItemPart::Title => words.programme_field_title(),
        ItemPart::Place => words.programme_part_place(),
        ItemPart::People => words.programme_part_people(),
        ItemPart::Movement => words.programme_part_movement(),
        ItemPart::Press => words.programme_field_press(),
        ItemPart::Notes => words.programme_field_notes(),
    }
}

/// The title a reader sees: the true one, its cover, or that something is there.
pub fn title_in_words(words: Words, item: &ItemView) -> String {
    item.title.clone().unwrap_or_else(|| words.programme_stand_in())
}

/// Where a line is, by name alone, as far as its reader may know.
pub fn place_by_name(item: &ItemView) -> Option<String> {
    item.room.as_ref().map(|room| room.name.clone()).or_else(|| item.place.clone())
}

/// Where a line is, how the room is laid out and for how many, as far as its reader may know.
pub fn place_in_words(words: Words, item: &ItemView) -> Option<String> {
    let place = place_by_name(item)?;
    let layout = item.layout.map(|layout| layout_in_words(words, layout));
    let count = item.people_count.map(|count| words.programme_people_count(count));
    let more: Vec<String> = layout.into_iter().chain(count).collect();
    Some(if more.is_empty() { place } else { format!("{place} · {}", more.join(" · ")) })
}
