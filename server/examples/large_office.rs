//! An office with 500 rooms and a million bookings, served to a browser until it is ended: what `cargo xtask bench scroll` scrolls.
//!
//! `CHANCERY_BENCH_ROOMS` and `CHANCERY_BENCH_BOOKINGS` make it smaller; the browser's half lies in `CHANCERY_SITE_ROOT`. Once it is
//! ready, it writes one line: its address, and the cookie of an officer who is signed in.

#![expect(clippy::print_stdout, reason = "what is written is for the program that started this")]
#![expect(clippy::unwrap_used, reason = "an office that cannot be set up is not served")]

#[path = "../tests/support/mod.rs"]
mod support;

use backend::testing::{
    self, Engine,
    load::{self, Spread},
};
use chrono::NaiveDate;
use domain::{accounts::Role, marking::Marking};
use std::{net::Ipv4Addr, path::PathBuf};
use support::House;
use tokio::net::TcpListener;

const TEN_YEARS: Spread = Spread { first: NaiveDate::from_ymd_opt(2022, 1, 1).unwrap(), days: 3_652 };

fn said(variable: &str, usual: u32) -> u32 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

#[tokio::main]
async fn main() {
    let site = PathBuf::from(std::env::var_os("CHANCERY_SITE_ROOT").unwrap_or_else(|| "target/site".into()));
    let office = testing::office(Engine::Sqlite).await;
    load::fill(&office, said("CHANCERY_BENCH_ROOMS", 500), said("CHANCERY_BENCH_BOOKINGS", 1_000_000), TEN_YEARS).await;
    let house = House::with_site(office, site).await;
    let officer = house.account("officer", Role::ProtocolOfficer, Marking::Red, None).await;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    println!("http://{} chancery={}", listener.local_addr().unwrap(), officer.cookie());
    axum::serve(listener, house.router.clone()).await.unwrap();
}
