//! What is done at random.

use crate::model::{Reach, Slot, Wanted, Who};
use proptest::{collection::vec, prelude::*};

/// A thing of those there are, by a number that is taken modulo how many there are.
pub(crate) type Which = usize;

#[derive(Debug, Clone, Copy)]
pub(crate) enum Command {
    /// With how many hours before its start a hold ends by itself, if not then.
    Book {
        by: Who,
        room: usize,
        slot: Slot,
        wanted: Wanted,
        hours_before: Option<i64>,
    },
    Move {
        by: Who,
        which: Which,
        room: usize,
        slot: Slot,
    },
    Want {
        by: Who,
        which: Which,
        wanted: Wanted,
    },
    Approve {
        by: Who,
        which: Which,
    },
    Decline {
        by: Who,
        which: Which,
    },
    Cancel {
        by: Who,
        which: Which,
    },
    Wait {
        minutes: i64,
    },
    BookSeries {
        by: Who,
        room: usize,
        slot: Slot,
        times: u64,
        wanted: Wanted,
    },
    /// At the time of day of the slot.
    ChangeSeries {
        by: Who,
        which: Which,
        reach: Reach,
        on: Which,
        room: usize,
        slot: Slot,
    },
    CancelSeries {
        by: Who,
        which: Which,
        reach: Reach,
        on: Which,
    },
    BlackOut {
        room: usize,
        slot: Slot,
    },
    EndBlackout {
        which: Which,
    },
    SetMargins {
        room: usize,
        before: u32,
        after: u32,
    },
    PutLine {
        room: usize,
        slot: Slot,
        wanted: Wanted,
    },
    RemoveLine,
    ApproveLine,
    DeclineLine,
}

fn slot() -> impl Strategy<Value = Slot> {
    (0_u64..4, 0_i64..20, 2_i64..9).prop_map(|(week, quarter, quarters)| Slot { week, quarter, quarters })
}

/// In the week of the visit.
fn slot_of_the_visit() -> impl Strategy<Value = Slot> {
    slot().prop_map(|slot| Slot { week: 1, ..slot })
}

fn who() -> impl Strategy<Value = Who> {
    prop_oneof![3 => Just(Who::Officer), 2 => Just(Who::Manager)]
}

fn wanted() -> impl Strategy<Value = Wanted> {
    prop_oneof![3 => Just(Wanted::Firm), 2 => Just(Wanted::Pencilled), 2 => Just(Wanted::Promised)]
}

fn reach() -> impl Strategy<Value = Reach> {
    prop_oneof![1 => Just(Reach::This), 2 => Just(Reach::Following), 2 => Just(Reach::All)]
}

fn command() -> impl Strategy<Value = Command> {
    let room = 0_usize..2;
    let which = any::<u16>().prop_map(usize::from);
    prop_oneof![
        8 => (who(), room.clone(), slot(), wanted(), prop::option::of(1_i64..48))
            .prop_map(|(by, room, slot, wanted, hours_before)| Command::Book { by, room, slot, wanted, hours_before }),
        4 => (who(), which.clone(), room.clone(), slot()).prop_map(|(by, which, room, slot)| Command::Move { by, which, room, slot }),
        3 => (who(), which.clone(), wanted()).prop_map(|(by, which, wanted)| Command::Want { by, which, wanted }),
        4 => (prop_oneof![5 => Just(Who::Manager), 1 => Just(Who::Officer)], which.clone()).prop_map(|(by, which)| Command::Approve { by, which }),
        2 => (prop_oneof![5 => Just(Who::Manager), 1 => Just(Who::Officer)], which.clone()).prop_map(|(by, which)| Command::Decline { by, which }),
        2 => (who(), which.clone()).prop_map(|(by, which)| Command::Cancel { by, which }),
        3 => prop_oneof![Just(30), Just(180), Just(1_440), Just(5 * 1_440)].prop_map(|minutes| Command::Wait { minutes }),
        4 => (who(), room.clone(), slot(), 1_u64..4, wanted())
            .prop_map(|(by, room, slot, times, wanted)| Command::BookSeries { by, room, slot, times, wanted }),
        4 => (who(), which.clone(), reach(), which.clone(), room.clone(), slot())
            .prop_map(|(by, which, reach, on, room, slot)| Command::ChangeSeries { by, which, reach, on, room, slot }),
        2 => (who(), which.clone(), reach(), which.clone()).prop_map(|(by, which, reach, on)| Command::CancelSeries { by, which, reach, on }),
        1 => (room.clone(), slot()).prop_map(|(room, slot)| Command::BlackOut { room, slot }),
        1 => which.prop_map(|which| Command::EndBlackout { which }),
        2 => (room.clone(), 0_u32..4, 0_u32..4)
            .prop_map(|(room, before, after)| Command::SetMargins { room, before: 10 * before, after: 5 * after }),
        3 => (room, slot_of_the_visit(), prop_oneof![3 => Just(Wanted::Firm), 1 => Just(Wanted::Wished)])
            .prop_map(|(room, slot, wanted)| Command::PutLine { room, slot, wanted }),
        1 => Just(Command::RemoveLine),
        2 => Just(Command::ApproveLine),
        1 => Just(Command::DeclineLine),
    ]
}

/// So many commands at most.
pub(crate) fn commands(most: usize) -> impl Strategy<Value = Vec<Command>> {
    vec(command(), most / 2..=most)
}
