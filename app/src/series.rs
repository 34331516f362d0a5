//! Series of bookings: the form, the look at their days before they are saved, and a series' page.

pub mod days;
pub mod form;
#[cfg(feature = "ssr")]
pub(crate) mod gather;
pub mod page;
#[cfg(feature = "ssr")]
pub(crate) mod reading;
pub mod server_fns;
pub mod sheet;
pub mod view;
pub mod words;

pub use days::SeriesDaysPage;
pub use form::{CancelSeriesForm, SeriesDaysForm, SeriesForm};
pub use page::SeriesPage;
pub use server_fns::{
    CancelSeries, LoadSeries, LoadSeriesDays, LoadSeriesForm, LookAtSeries, SaveSeries, cancel_series, load_series, load_series_days,
    load_series_form, look_at_series, save_series,
};
pub use sheet::SeriesFormPage;
pub use view::{SeriesDaysView, SeriesFormView, SeriesPageView};
