//! Blackouts of rooms and sites: the list, a blackout's page, and the form.

pub mod form;
pub mod list;
pub mod page;
pub mod server_fns;
pub mod sheet;
pub mod view;

pub use form::{BlackoutForm, EndBlackoutForm};
pub use list::BlackoutsPage;
pub use page::BlackoutPage;
pub use server_fns::{
    EndBlackout, LoadBlackout, LoadBlackoutForm, LoadBlackouts, SaveBlackout, end_blackout, load_blackout, load_blackout_form,
    load_blackouts, save_blackout,
};
pub use sheet::BlackoutFormPage;
pub use view::{BlackoutFormView, BlackoutListView, BlackoutPageView};
