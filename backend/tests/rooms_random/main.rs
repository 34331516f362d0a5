//! Whatever is booked, moved, held, asked for, given, declined, left to end, cancelled, repeated and closed, and in whatever order: no
//! two settled uses of a room ever share an instant, on both engines, and what is refused leaves no trace.
//!
//! The seed is printed; `CHANCERY_RANDOM_SEED` runs the same again, and `CHANCERY_RANDOM_CASES` says how many cases are run.

#![expect(clippy::print_stderr, reason = "whoever reads of a failure needs the seed")]

mod commands;
mod desk;
mod model;

use backend::{
    clock::{Ids as _, RandomIds},
    testing::{self, Engine},
};
use commands::commands;
use desk::Desk;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::cell::RefCell;
use tokio::{runtime::Handle, task::block_in_place};

/// How many cases are run if nothing else is said, and how many commands each has at most.
const CASES: u32 = 12;
const COMMANDS: usize = 60;

fn said<T: std::str::FromStr>(variable: &str) -> Option<T> {
    std::env::var(variable).ok().and_then(|text| text.parse().ok())
}

fn seed() -> u64 {
    said("CHANCERY_RANDOM_SEED").unwrap_or_else(|| RandomIds.next().as_u64_pair().1)
}

async fn no_order_of_commands_leaves_two_settled_uses_of_a_room_at_one_time(engine: Engine) {
    let seed = seed();
    eprintln!("CHANCERY_RANDOM_SEED={seed}");
    let (office, hands) = testing::office_by_the_clock(engine).await;
    let office = RefCell::new(office);
    let config = Config {
        cases: said("CHANCERY_RANDOM_CASES").unwrap_or(CASES),
        max_shrink_iters: 200,
        failure_persistence: None,
        ..Config::default()
    };
    let bytes: Vec<u8> = std::iter::repeat_n(seed.to_le_bytes(), 4).flatten().collect();
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let ran = runner.run(&commands(COMMANDS), |commands| {
        let mut office = office.borrow_mut();
        let case = async {
            hands.set(testing::now());
            office.begin_anew().await;
            let mut desk = Desk::of(&office, &hands).await;
            for (number, command) in commands.iter().enumerate() {
                let done = desk.run(*command).await;
                done.map_err(|wrong| TestCaseError::fail(format!("command {number}, {command:?}: {wrong}")))?;
            }
            Ok(())
        };
        block_in_place(|| Handle::current().block_on(case))
    });
    if let Err(wrong) = ran {
        panic!("{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    no_order_of_commands_leaves_two_settled_uses_of_a_room_at_one_time(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    no_order_of_commands_leaves_two_settled_uses_of_a_room_at_one_time(Engine::Postgres).await;
}
