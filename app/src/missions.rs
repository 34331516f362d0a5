//! Missions, in their order of precedence, and the form of one.

pub mod form;
pub mod page;
pub mod server_fns;
pub mod sheet;
pub mod view;
pub mod words;

pub use form::MissionForm;
pub use page::{MissionPage, MissionsPage};
pub use server_fns::{
    LoadMission, LoadMissionForm, LoadMissions, SaveMission, load_mission, load_mission_form, load_missions, save_mission,
};
pub use sheet::MissionFormPage;
pub use view::{MissionFormView, MissionListView, MissionPageView};
