//! `chancery account`.

use super::{CommandError, say};
use backend::{
    RequestContext,
    accounts::{directory::NewAccount, passwords::NewPassword},
    offices::make_account,
};
use clap::{Args, Subcommand};
use domain::{
    accounts::Role,
    marking::Marking,
    text::{EmailAddress, Title},
};
use std::{
    fs,
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    path::PathBuf,
};

#[derive(Debug, Subcommand)]
pub(super) enum AccountCommand {
    /// Makes an account of the office, such as its first one
    Add(Add),
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Its address, with which it signs in
    #[arg(long)]
    email: String,
    /// Its owner's name
    #[arg(long)]
    name: String,
    /// A role, such as chief_of_protocol; more than once for several
    #[arg(long = "role", value_name = "ROLE", required = true, value_parser = role)]
    roles: Vec<Role>,
    /// Up to which marking it reads: TLP:GREEN
    #[arg(long, value_name = "MARKING", default_value = "TLP:GREEN", value_parser = marking)]
    ceiling: Marking,
    /// A file whose first line is the password; without it, it is read from standard input
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

fn role(word: &str) -> Result<Role, String> {
    let known = || Role::ALL.iter().filter(|role| !role.is_of_a_mission()).map(|role| role.word()).collect::<Vec<_>>().join(", ");
    Role::from_word(word).filter(|role| !role.is_of_a_mission()).ok_or_else(|| format!("the roles are {}", known()))
}

fn marking(label: &str) -> Result<Marking, String> {
    let label = if label.starts_with("TLP:") { label.to_owned() } else { format!("TLP:{}", label.to_uppercase()) };
    label.parse().map_err(|_| format!("the markings are {}", Marking::ALL.map(|marking| marking.label()).join(", ")))
}

impl AccountCommand {
    pub(super) async fn run(self, context: &RequestContext) -> Result<(), CommandError> {
        let Self::Add(add) = self;
        let password = add.password()?;
        let hash = context.chancery().passwords.hash(NewPassword::parse(password.trim_end_matches(['\r', '\n']))?).await?;
        let new = NewAccount {
            email: EmailAddress::parse(&add.email).map_err(|_| CommandError::WrongUse { what: "--email" })?,
            name: Title::parse(&add.name).map_err(|_| CommandError::WrongUse { what: "--name" })?,
            person: None,
            mission: None,
            confirmed: false,
            roles: add.roles,
            ceiling: add.ceiling,
            password_hash: Some(hash.as_str().to_owned()),
            ends_on: None,
        };
        let email = new.email.clone();
        make_account(context, new).await?;
        say(format_args!("{} can sign in at {}", email.as_str(), context.public_address()))
    }
}

impl Add {
    /// The password: on no command line, where every user of the machine could read it.
    fn password(&self) -> Result<String, CommandError> {
        if let Some(file) = &self.password_file {
            let text = fs::read_to_string(file)?;
            return Ok(text.lines().next().unwrap_or_default().to_owned());
        }
        let input = io::stdin();
        if input.is_terminal() {
            write!(io::stderr(), "Password (at least 12 characters; it is shown while you type): ")?;
        }
        let mut line = String::new();
        input.lock().read_line(&mut line)?;
        Ok(line)
    }
}
