//! Lines moved and copied together, and one's own last changes undone and done again, on both engines: all of it or nothing.

use backend::{
    Failure, RequestContext,
    database::Connection,
    on_both,
    programme::{
        self, change_programme_item, read_item, remove_programme_item,
        shift::{check_shift, shift_lines},
        undo::{Turned, read_turns, turn_change},
    },
    testing::{
        self, TestOffice,
        inputs::{a_meeting, a_visit, text},
    },
    values,
    version::Seen,
    visits,
};
use domain::{
    accounts::Role,
    ids::{ItemId, VisitId},
    marking::{
        Marking,
        view::{ItemView, ShiftView},
    },
    problems::Problem,
    programme::{
        ItemState,
        day::rest::Stays,
        input::{ItemInput, ParticipantInput},
        shift::{ShiftInput, Shifting},
        undo::Turn,
    },
};

struct Desk {
    office: TestOffice,
    officer: RequestContext,
    visit: VisitId,
}

async fn desk(engine: testing::Engine) -> Desk {
    let office = testing::office(engine).await;
    let officer = office.signed_in("officer", Role::ProtocolOfficer, Marking::Red).await;
    let visit = visits::create_visit(&officer, a_visit()).await.unwrap().id;
    let officer = office.again(officer.account().unwrap()).await;
    Desk { office, officer, visit }
}

fn line(title: &str, starts: &str, ends: &str) -> ItemInput {
    ItemInput { title: text(title), state: text("firm"), ..a_meeting(starts, ends) }
}

fn marked(part: &str, marking: &str) -> std::collections::BTreeMap<String, String> {
    [(part.to_owned(), marking.to_owned())].into()
}

impl Desk {
    async fn add(&self, input: ItemInput) -> ItemId {
        programme::add_programme_item(&self.officer, self.visit, input).await.unwrap().view.id
    }

    async fn change(&self, id: ItemId, input: ItemInput) {
        change_programme_item(&self.officer, id, input, &Seen::Any).await.unwrap();
    }

    fn of(&self, lines: &[ItemId]) -> ShiftInput {
        ShiftInput { item_ids: lines.iter().map(ToString::to_string).collect(), ..ShiftInput::default() }
    }

    async fn look(&self, how: Shifting, input: &ShiftInput) -> ShiftView {
        check_shift(&self.officer, self.visit, how, input).await.unwrap()
    }

    async fn accept(&self, how: Shifting, input: &ShiftInput) -> Result<Vec<ItemView>, Failure> {
        let seen = Some(self.look(how, input).await.version);
        shift_lines(&self.officer, self.visit, how, &ShiftInput { seen, ..input.clone() }).await
    }

    async fn turn(&self, by: &RequestContext, turn: Turn) -> Result<Turned, Failure> {
        let turns = read_turns(by, self.visit).await.unwrap();
        let next = match turn {
            Turn::Undo => turns.undo,
            Turn::Redo => turns.redo,
        };
        turn_change(by, self.visit, next.expect("something to turn").id, turn).await
    }

    /// The programme as its reader sees it, but for markings.
    async fn programme(&self) -> Vec<String> {
        let lines = programme::list_items(&self.officer, self.visit).await.unwrap();
        let mut said: Vec<String> = lines
            .iter()
            .map(|it| format!("{} {} {:?} {:?} {:?} {:?}", it.starts.local, it.ends.local, it.title, it.notes, it.state, it.dress))
            .collect();
        said.sort();
        said
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut connection = self.officer.read().await.unwrap();
        let rows: Vec<(i64,)> = connection.all(sql, values![self.officer.office_id()]).await.unwrap();
        rows[0].0
    }

    async fn entries(&self) -> i64 {
        self.count("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent <> 'deliver_page'").await
    }
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> ShiftView {
    match outcome {
        Err(Failure::ShiftRefused(view)) => *view,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn lines_move_together_on_their_own_clocks_or_not_at_all(engine) {
        let desk = desk(engine).await;
        let call = desk.add(line("Call", "2027-03-13T09:00", "2027-03-13T09:30")).await;
        let signing = desk.add(line("Signing", "2027-03-13T10:00", "2027-03-13T10:30")).await;
        let live = desk.add(ItemInput { fixed: Some(true), ..line("Broadcast", "2027-03-13T11:00", "2027-03-13T11:30") }).await;
        let day = ShiftInput { day: text("2027-03-13"), to_day: text("2027-03-15"), ..ShiftInput::default() };
        let view = desk.look(Shifting::Move, &day).await;
        let fates: Vec<_> = view.lines.iter().map(|it| (it.item.id, it.stays, it.starts.as_ref().map(|at| at.local.to_string()))).collect();
        assert_eq!(fates, [(call, None, text("2027-03-15T09:00")), (signing, None, text("2027-03-15T10:00")), (live, Some(Stays::Fixed), None)]);
        // The clocks of Los Angeles have gone forward in between: in Hà Nội it is an hour earlier.
        let before = view.lines[0].item.capital.as_ref().unwrap().moment.local.to_string();
        assert_eq!((before.as_str(), view.lines[0].capital.as_ref().unwrap().moment.local.to_string().as_str()), ("2027-03-14T00:00", "2027-03-15T23:00"));
        let entries = desk.entries().await;
        let moved = desk.accept(Shifting::Move, &ShiftInput { minutes: Some(2 * 1_440), ..desk.of(&[call, signing, live]) }).await.unwrap();
        assert_eq!(moved.iter().map(|it| it.id).collect::<Vec<_>>(), [call, signing]);
        assert_eq!(desk.entries().await, entries + 1, "one entry for all of it");
        assert_eq!(read_item(&desk.officer, live).await.unwrap().starts.local.to_string(), "2027-03-13T11:00");
        // Who is not allowed to, and who knows of no such visit.
        let security = desk.office.signed_in("security", Role::SecurityLead, Marking::Red).await;
        assert!(matches!(check_shift(&security, desk.visit, Shifting::Move, &day).await, Err(Failure::Forbidden | Failure::NotFound)));
        let staff = desk.office.signed_in("staff", Role::Staff, Marking::Green).await;
        assert!(matches!(shift_lines(&staff, desk.visit, Shifting::Copy, &day).await, Err(Failure::NotFound)));
    }

    async fn what_stands_in_the_way_of_one_line_keeps_all_of_them_where_they_are(engine) {
        let desk = desk(engine).await;
        let mayor = backend::people::create_person(&desk.officer, domain::people::input::PersonInput { family: text("Testa"), ..Default::default() }).await.unwrap().id;
        let with = |line: ItemInput| ItemInput { people: Some(vec![ParticipantInput { person_id: mayor.to_string(), role: "host".into() }]), ..line };
        let first = desk.add(with(line("Call", "2027-03-16T09:00", "2027-03-16T09:30"))).await;
        let second = desk.add(with(line("Signing", "2027-03-16T10:00", "2027-03-16T10:30"))).await;
        desk.add(with(line("Dinner", "2027-03-16T19:00", "2027-03-16T21:00"))).await;
        let into_dinner = ShiftInput { minutes: Some(9 * 60), ..desk.of(&[first, second]) };
        let view = desk.look(Shifting::Move, &into_dinner).await;
        assert!(view.lines[0].clashes.is_empty() && !view.lines[1].clashes.is_empty(), "{view:?}");
        assert!(view.lines[1].clashes.iter().any(|clash| !clash.nearest.is_empty()), "what would work is named: {view:?}");
        let before = desk.programme().await;
        refused(desk.accept(Shifting::Move, &into_dinner).await);
        assert_eq!(desk.programme().await, before);
        // Lines that change places with one another are in nobody's way.
        desk.accept(Shifting::Move, &ShiftInput { minutes: Some(60), ..desk.of(&[first, second]) }).await.unwrap();
        // A wish may stand where it could not be held.
        let copied = desk.accept(Shifting::Copy, &ShiftInput { minutes: Some(8 * 60), ..desk.of(&[first, second]) }).await.unwrap();
        assert!(copied.iter().all(|it| it.state == ItemState::Wished && ![first, second].contains(&it.id)));
        // The same version makes no second copy.
        let seen = Some(desk.look(Shifting::Copy, &desk.of_days(&[first], 1)).await.version);
        let input = ShiftInput { seen, ..desk.of_days(&[first], 1) };
        shift_lines(&desk.officer, desk.visit, Shifting::Copy, &input).await.unwrap();
        refused(shift_lines(&desk.officer, desk.visit, Shifting::Copy, &input).await);
    }

    async fn a_time_that_does_not_exist_there_is_told_and_nothing_is_moved(engine) {
        let desk = desk(engine).await;
        let night = desk.add(line("Refuelling", "2027-03-13T02:30", "2027-03-13T03:30")).await;
        let day = desk.add(line("Call", "2027-03-13T09:00", "2027-03-13T09:30")).await;
        let input = desk.of_days(&[night, day], 1);
        let view = desk.look(Shifting::Move, &input).await;
        assert!(matches!(view.lines[0].problems[0].problem, Problem::TimeSkipped { .. }) && view.lines[1].problems.is_empty(), "{view:?}");
        refused(desk.accept(Shifting::Move, &input).await);
        assert_eq!(read_item(&desk.officer, day).await.unwrap().starts.local.to_string(), "2027-03-13T09:00");
        let unknown = check_shift(&desk.officer, desk.visit, Shifting::Move, &desk.of_days(&[desk.officer.new_id()], 1)).await;
        assert!(matches!(unknown, Err(Failure::Invalid(problems)) if problems[0].problem == Problem::Unknown));
    }

    async fn a_copy_has_nothing_that_who_makes_it_may_not_read(engine) {
        let desk = desk(engine).await;
        let second = desk.office.signed_in("second", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&desk.officer, desk.visit, second.account().unwrap(), "takes part").await.unwrap();
        let second = desk.office.again(second.account().unwrap()).await;
        let notes = ItemInput { notes: text("CANARY"), markings: marked("notes", "TLP:RED"), ..line("Call", "2027-03-16T09:00", "2027-03-16T09:30") };
        let open = desk.add(notes).await;
        let hidden = desk.add(ItemInput { markings: marked("existence", "TLP:AMBER+STRICT"), ..line("CANARY", "2027-03-16T11:00", "2027-03-16T12:00") }).await;
        let day = ShiftInput { day: text("2027-03-16"), days: Some(1), ..ShiftInput::default() };
        let view = check_shift(&second, desk.visit, Shifting::Copy, &day).await.unwrap();
        assert_eq!(view.lines.iter().map(|it| it.item.id).collect::<Vec<_>>(), [open]);
        let wrong = async |item: ItemId| format!("{:?}", check_shift(&second, desk.visit, Shifting::Copy, &desk.of_days(&[item], 1)).await);
        assert_eq!(wrong(hidden).await, wrong(second.new_id()).await);
        let copied = shift_lines(&second, desk.visit, Shifting::Copy, &ShiftInput { seen: Some(view.version), ..day }).await.unwrap();
        let whole = read_item(&desk.officer, copied[0].id).await.unwrap();
        assert_eq!((whole.notes, whole.title), (None, text("Call")));
        // Who reads them copies them, marked as they were and for the same people.
        let whole = desk.accept(Shifting::Copy, &desk.of_days(&[open], 1)).await.unwrap().remove(0);
        assert_eq!((whole.notes.as_deref(), whole.markings.get(&domain::programme::ItemPart::Notes)), (Some("CANARY"), Some(&Marking::Red)));
        let seen = read_item(&second, whole.id).await.unwrap();
        assert_eq!((seen.notes, seen.markings.get(&domain::programme::ItemPart::Notes)), (None, None));
    }

    async fn each_kind_of_change_is_undone_and_done_again_and_no_other_ones(engine) {
        let desk = desk(engine).await;
        let first = desk.add(ItemInput { notes: text("Sealed"), markings: marked("notes", "TLP:AMBER+STRICT"), ..line("Call", "2027-03-16T09:00", "2027-03-16T09:30") }).await;
        let mut states = vec![desk.programme().await];
        desk.change(first, ItemInput { title: text("Courtesy call"), notes: text("Other words"), ..ItemInput::default() }).await;
        states.push(desk.programme().await);
        desk.accept(Shifting::Move, &desk.of_days(&[first], 1)).await.unwrap();
        states.push(desk.programme().await);
        desk.accept(Shifting::Copy, &desk.of_days(&[first], -1)).await.unwrap();
        states.push(desk.programme().await);
        remove_programme_item(&desk.officer, first, &Seen::Any).await.unwrap();
        states.push(desk.programme().await);
        for _ in 0..2 {
            for state in states.iter().rev().skip(1) {
                desk.turn(&desk.officer, Turn::Undo).await.unwrap();
                assert_eq!(desk.programme().await, *state);
            }
            for state in states.iter().skip(1) {
                desk.turn(&desk.officer, Turn::Redo).await.unwrap();
                assert_eq!(desk.programme().await, *state);
            }
        }
        assert_eq!(desk.count("SELECT COUNT(*) FROM audit_entries WHERE office_id = $1 AND intent = 'undo_change'").await, 8);
        // A second press of the same button finds that it was done; a new change leaves nothing to do again.
        let undo = read_turns(&desk.officer, desk.visit).await.unwrap().undo.unwrap().id;
        turn_change(&desk.officer, desk.visit, undo, Turn::Undo).await.unwrap();
        assert!(matches!(turn_change(&desk.officer, desk.visit, undo, Turn::Undo).await, Err(Failure::Invalid(_))));
        desk.add(line("Lunch", "2027-03-16T12:00", "2027-03-16T13:00")).await;
        assert!(read_turns(&desk.officer, desk.visit).await.unwrap().redo.is_none());
        // Nobody undoes what somebody else did.
        let second = desk.office.signed_in("second", Role::ProtocolOfficer, Marking::Red).await;
        visits::grant_access(&desk.officer, desk.visit, second.account().unwrap(), "takes part").await.unwrap();
        let second = desk.office.again(second.account().unwrap()).await;
        assert!(read_turns(&second, desk.visit).await.unwrap().undo.is_none());
        let others = read_turns(&desk.officer, desk.visit).await.unwrap().undo.unwrap().id;
        assert!(matches!(turn_change(&second, desk.visit, others, Turn::Undo).await, Err(Failure::Invalid(_))));
    }

    async fn what_somebody_else_changed_since_is_not_undone_and_what_is_hidden_is_no_change(engine) {
        let desk = desk(engine).await;
        let second = desk.office.signed_in("second", Role::ProtocolOfficer, Marking::Amber).await;
        visits::grant_access(&desk.officer, desk.visit, second.account().unwrap(), "takes part").await.unwrap();
        let second = desk.office.again(second.account().unwrap()).await;
        let item = desk.add(ItemInput { notes: text("One"), markings: marked("notes", "TLP:RED"), ..line("Call", "2027-03-16T09:00", "2027-03-16T09:30") }).await;
        let rename = ItemInput { title: text("Courtesy call"), ..ItemInput::default() };
        change_programme_item(&second, item, rename.clone(), &Seen::Any).await.unwrap();
        // Notes that the second may not read are no reason to refuse, and are left as they are.
        desk.change(item, ItemInput { notes: text("Two"), ..ItemInput::default() }).await;
        desk.turn(&second, Turn::Undo).await.unwrap();
        let now = read_item(&desk.officer, item).await.unwrap();
        assert_eq!((now.title.as_deref(), now.notes.as_deref()), (Some("Call"), Some("Two")));
        // What the second reads is.
        change_programme_item(&second, item, rename, &Seen::Any).await.unwrap();
        desk.change(item, ItemInput { dress: text("Business"), ..ItemInput::default() }).await;
        let before = desk.programme().await;
        assert!(matches!(desk.turn(&second, Turn::Undo).await, Err(Failure::Stale)));
        assert_eq!(desk.programme().await, before);
        assert!(read_turns(&second, desk.visit).await.unwrap().undo.is_none(), "it can no longer be undone, and is forgotten");
    }

    async fn a_marking_that_was_raised_stays_raised_and_that_is_told(engine) {
        let desk = desk(engine).await;
        let item = desk.add(line("Call", "2027-03-16T09:00", "2027-03-16T09:30")).await;
        desk.change(item, ItemInput { dress: text("Business"), ..ItemInput::default() }).await;
        desk.change(item, ItemInput { title: text("Secret call"), markings: marked("title", "TLP:RED"), ..ItemInput::default() }).await;
        let turned = desk.turn(&desk.officer, Turn::Undo).await.unwrap();
        let now = read_item(&desk.officer, item).await.unwrap();
        assert_eq!((turned.kept, now.title.as_deref(), now.markings[&domain::programme::ItemPart::Title]), (1, Some("Call"), Marking::Red));
        // The change before it is undone in its turn, though the marking is another than it left.
        desk.turn(&desk.officer, Turn::Undo).await.unwrap();
        assert_eq!(read_item(&desk.officer, item).await.unwrap().dress, None);
        desk.turn(&desk.officer, Turn::Redo).await.unwrap();
        desk.turn(&desk.officer, Turn::Redo).await.unwrap();
        assert_eq!(read_item(&desk.officer, item).await.unwrap().title.as_deref(), Some("Secret call"));
    }

    async fn a_random_sequence_of_commands_is_undone_to_where_it_began(engine) {
        let desk = desk(engine).await;
        let mut lines = Vec::new();
        for hour in 9..13 {
            lines.push(desk.add(line(&format!("Line {hour}"), &format!("2027-03-16T{hour:02}:00"), &format!("2027-03-16T{hour:02}:30"))).await);
        }
        // A plain generator, so that a failure comes again.
        let mut seed = 20_270_316_u64;
        let mut draw = move |most: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % most
        };
        let mut states = vec![desk.programme().await];
        for step in 0..14 {
            let place = usize::try_from(draw(lines.len() as u64)).unwrap();
            let item = lines[place];
            let days = i64::try_from(draw(2) + 1).unwrap();
            match draw(5) {
                0 => lines.push(desk.add(ItemInput { state: text("wished"), ..line(&format!("New {step}"), "2027-03-17T09:00", "2027-03-17T10:00") }).await),
                1 => desk.change(item, ItemInput { title: text(&format!("Changed {step}")), state: text("wished"), ..ItemInput::default() }).await,
                2 => drop(desk.accept(Shifting::Copy, &desk.of_days(&[item], days)).await.unwrap()),
                3 if lines.len() > 2 => {
                    remove_programme_item(&desk.officer, item, &Seen::Any).await.unwrap();
                    lines.remove(place);
                }
                _ => match desk.accept(Shifting::Move, &desk.of_days(&lines.clone(), if days == 2 { 1 } else { -1 })).await {
                    Ok(_) => {}
                    Err(Failure::ShiftRefused(_)) => continue,
                    Err(other) => panic!("{other:?}"),
                },
            }
            states.push(desk.programme().await);
        }
        for turns in [Turn::Undo, Turn::Redo, Turn::Undo] {
            let mut expected = states.clone();
            if turns == Turn::Undo {
                expected.reverse();
            }
            for state in expected.iter().skip(1) {
                desk.turn(&desk.officer, turns).await.unwrap();
                assert_eq!(desk.programme().await, *state);
            }
        }
    }
}

impl Desk {
    fn of_days(&self, lines: &[ItemId], days: i64) -> ShiftInput {
        ShiftInput { days: Some(days), ..self.of(lines) }
    }
}
