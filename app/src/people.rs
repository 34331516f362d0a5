//! The people of the directory, and the form of one.

pub mod erasing;
pub mod form;
pub mod page;
pub mod server_fns;
pub mod sheet;
pub mod view;
pub mod words;

pub use erasing::{ErasePerson, ErasePersonForm, erase_person};
pub use form::PersonForm;
pub use page::{PeoplePage, PersonPage};
pub use server_fns::{LoadPeople, LoadPerson, LoadPersonForm, SavePerson, load_people, load_person, load_person_form, save_person};
pub use sheet::PersonFormPage;
pub use view::{PersonFormView, PersonListView, PersonPageView};
