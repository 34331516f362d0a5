//! `cargo xtask run`: the demo office on this machine.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    bundle::{self, Flavour, OUTPUT_NAME, PACKAGE_FOLDER},
    console,
    error::Error,
    process,
    workspace::Workspace,
};

/// Where the demo office listens unless `CHANCERY_ADDR` says otherwise.
const ADDRESS: &str = "127.0.0.1:3000";

/// Builds both halves and serves the demo office from `./data` until it is stopped.
///
/// # Errors
/// When something does not build, the key cannot be made, or the server ends in failure.
pub(crate) fn run(workspace: &Workspace) -> Result<(), Error> {
    let flavour = Flavour::Development;
    bundle::build(workspace, flavour)?;
    build_server(workspace, flavour)?;
    let key = key_file(&flavour.server(workspace))?;
    let data = workspace.path("data");
    fs::create_dir_all(&data).map_err(Error::file("make", &data))?;
    let address = env::var("CHANCERY_ADDR").unwrap_or_else(|_| ADDRESS.to_owned());
    console::say(&format!("The demo office opens at http://{address} (Ctrl-C ends it)"));
    let mut server = server(workspace, flavour);
    server.args(["serve"]).env("CHANCERY_DEMO", "1").env("CHANCERY_ADDR", address).env("CHANCERY_KEY_FILE", key);
    server.env("DATABASE_URL", "sqlite:data/chancery.db");
    become_process(&mut server)
}

/// Builds the `chancery` binary.
///
/// # Errors
/// When it does not build.
pub(crate) fn build_server(workspace: &Workspace, flavour: Flavour) -> Result<(), Error> {
    let mut build = process::cargo();
    build.args(["build", "--package=server", "--bin=chancery"]);
    if flavour == Flavour::Release {
        build.arg("--release");
    }
    process::run(&mut build)?;
    console::say(&format!("The server is {}", flavour.server(workspace).display()));
    Ok(())
}

/// The built server, told where its half of the browser lies.
pub(crate) fn server(workspace: &Workspace, flavour: Flavour) -> Command {
    let mut command = Command::new(flavour.server(workspace));
    command
        .env("LEPTOS_OUTPUT_NAME", OUTPUT_NAME)
        .env("LEPTOS_SITE_ROOT", flavour.site_root(workspace))
        .env("LEPTOS_SITE_PKG_DIR", PACKAGE_FOLDER);
    command
}

/// Has the server make a key file unless there is one.
///
/// # Errors
/// When the server refuses.
pub(crate) fn make_key(server: &Path, file: &Path) -> Result<(), Error> {
    if file.exists() { Ok(()) } else { process::run(Command::new(server).args(["keys", "make"]).arg(file)) }
}

/// The key of the security notes: `CHANCERY_KEY_FILE`, else one in the user's folder for state, so that it never
/// lies beside the database it opens.
fn key_file(server: &Path) -> Result<PathBuf, Error> {
    let file = match env::var_os("CHANCERY_KEY_FILE") {
        Some(file) => PathBuf::from(file),
        None => state_folder()?.join("chancery").join("key"),
    };
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(Error::file("make", folder))?;
    }
    make_key(server, &file)?;
    Ok(file)
}

/// The user's folder for state, as the XDG Base Directory Specification 0.8 has it; `LOCALAPPDATA` on Windows.
fn state_folder() -> Result<PathBuf, Error> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_STATE_HOME")
        .or_else(|| absolute("LOCALAPPDATA"))
        .or_else(|| absolute("HOME").map(|home| home.join(".local/state")))
        .ok_or_else(|| Error::Missing {
            what: "A place for the key file",
            remedy: "Set HOME, or name a file outside the checkout with CHANCERY_KEY_FILE.".to_owned(),
        })
}

/// Gives this process over to the server, so that signals reach it alone.
#[cfg(unix)]
fn become_process(command: &mut Command) -> Result<(), Error> {
    use std::os::unix::process::CommandExt;
    let source = command.exec();
    Err(process::not_started(command)(source))
}

#[cfg(not(unix))]
fn become_process(command: &mut Command) -> Result<(), Error> {
    process::run(command)
}
