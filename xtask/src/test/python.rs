//! Programs that are not ours, in Python, let loose on a running demo office: `end2end/python/check_*.py`.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use super::rust;
use crate::{
    bundle::{self, Flavour},
    console,
    demo_server::DemoServer,
    error::Error,
    process,
    requirements::Provided,
    stamp::{Inputs, Stamp},
    workspace::{self, Workspace},
};

/// Runs every `check_*.py` of `end2end/python`, each against a demo office of its own.
///
/// A script is told by `CHANCERY_BASE_URL` where the office is, by `CHANCERY_BINARY` which program serves it, and fails by its
/// exit code. A server that panicked fails the script that made it.
pub(super) fn checks(workspace: &Workspace) -> Result<(), Error> {
    let folder = workspace.path("end2end/python");
    let scripts: Vec<PathBuf> = workspace::files_with_extension(&folder, "py")?.into_iter().filter(|script| is_check(script)).collect();
    if scripts.is_empty() {
        return Err(Error::NoChecks(folder));
    }
    bundle::build(workspace, Flavour::Development)?;
    rust::build_server()?;
    let python = environment(workspace, &folder)?;
    let mut failed = Vec::new();
    for script in scripts {
        let name = script.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let started = Instant::now();
        console::say(&format!("-- {name}"));
        let outcome = check(workspace, &python, &script);
        console::say(&format!(
            "-- {name}: {} in {:.1} s",
            if outcome.is_ok() { "passed" } else { "FAILED" },
            started.elapsed().as_secs_f64()
        ));
        if let Err(error) = outcome {
            console::complain(&error);
            failed.push(name);
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::ChecksFailed(failed)) }
}

/// Checks are named `check_….py`; what they share has other names.
fn is_check(script: &Path) -> bool {
    script.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("check_"))
}

fn check(workspace: &Workspace, python: &Path, script: &Path) -> Result<(), Error> {
    let server = DemoServer::start(workspace, Flavour::Development)?;
    let outcome = process::run(
        Command::new(python)
            .arg(script)
            .env("CHANCERY_BASE_URL", server.url())
            .env("CHANCERY_BINARY", Flavour::Development.server(workspace))
            .env("PYTHONDONTWRITEBYTECODE", "1"),
    );
    let log = server.log();
    if log.contains("panicked at") {
        console::say(&log);
        return Err(Error::ServerPanicked);
    }
    outcome
}

/// A virtual environment in the target directory with exactly what `requirements.txt` pins; returns its interpreter.
fn environment(workspace: &Workspace, folder: &Path) -> Result<PathBuf, Error> {
    let requirements = folder.join("requirements.txt");
    let environment = workspace.target("python");
    let interpreter = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let base = Provided { what: "Python 3 with its module venv", packages: &["python3", "python3-venv"] }.find_or_install(find_python)?;
    let inputs = Inputs::new().content(&requirements)?.value(base);
    Stamp::new(workspace, "python", &inputs)?.unless_current(&interpreter, || {
        process::run(Command::new(base).args(["-m", "venv", "--clear"]).arg(&environment))?;
        process::run(
            Command::new(&interpreter).args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&requirements),
        )
    })?;
    Ok(interpreter)
}

/// A Python that can make virtual environments: Debian packs `ensurepip` apart.
fn find_python() -> Option<&'static str> {
    ["python3", "python"].into_iter().find(|name| {
        process::read(Command::new(name).args(["-c", "import ensurepip, venv, sys; assert sys.version_info >= (3, 10)"])).is_ok()
    })
}
